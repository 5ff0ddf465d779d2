; A part of a string that is not there.
(substring "hello" 3 10)
