; error whose message is not a string.
(error 'my-procedure "something went wrong" 42)
