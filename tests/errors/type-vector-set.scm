; A list where a vector must be.
(define v (list 1 2 3))
(vector-set! v 0 'x)
