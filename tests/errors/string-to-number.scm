; What string->number gives for text that is no number.
(define (parse s) (+ 1 (string->number s)))
(display (parse "12"))
(newline)
(display (parse "12a"))
