(define (broken x)
  (+ 1 (vector-length x)))
(broken 'nothing)
