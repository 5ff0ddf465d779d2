; guard without a clause that fits passes the condition on.
(define (risky) (vector-ref (vector 1 2) 2))
(guard (e ((string? e) 'text))
  (risky))
