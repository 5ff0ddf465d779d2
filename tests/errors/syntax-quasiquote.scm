; A comma outside of a quasiquotation.
(define x 1)
(display (list ,x 2))
