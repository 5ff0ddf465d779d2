; Symbols of a string are not its text.
(display (string-length 'hello))
