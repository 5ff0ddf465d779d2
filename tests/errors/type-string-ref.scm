; A symbol where a string must be.
(string-length 'abc)
