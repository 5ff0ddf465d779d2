; A parenthesis too many.
(display "before")
(newline)
(define (f x) (* x x)))
(display "never")
