; A list in the place of a procedure.
(define (twice f x) (f (f x)))
(display (twice (lambda (x) (* 2 x)) 3))
(newline)
(display (twice 5 3))
