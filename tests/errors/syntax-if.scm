; if without branches.
(define (f x)
  (if x))
