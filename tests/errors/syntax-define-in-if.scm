; A definition in a branch.
(define (f x)
  (if x
      (define y 1)
      (define y 2))
  y)
