; set! of a number.
(set! 5 6)
