; else before the last clause.
(define (sign x)
  (cond (else 0)
        ((< x 0) -1)))
