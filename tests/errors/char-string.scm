; A character where a string is wanted, and the other way round.
(display (string-append "a" #\b))
