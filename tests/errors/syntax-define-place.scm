; A definition where an expression must be.
(define (f x)
  (if x (define y 1))
  y)
