; raise of a number.
(define (f) (raise 42))
(f)
