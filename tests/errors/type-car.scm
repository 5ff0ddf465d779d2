; car of something that is no pair, inside a procedure.
(define (first-of x) (car x))
(display (first-of '(1 2)))
(newline)
(display (first-of 5))
