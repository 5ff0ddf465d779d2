; A definition below its first use.
(define (f) (g 1))
(display (f))
(define (g x) x)
