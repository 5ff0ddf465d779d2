; Names that other dialects have.
(display (string-index "hello" #\l))
