; A misspelt keyword.
(define (f x)
  (lamda (y) (+ x y)))
(f 1)
