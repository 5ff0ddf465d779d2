; when without a body.
(define (f x) (when (> x 0)))
