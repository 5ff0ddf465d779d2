; define of two values.
(define x 1 2)
