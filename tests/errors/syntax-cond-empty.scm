; A clause of cond without a test.
(define (sign x)
  (cond ((< x 0) -1)
        ()
        (else 1)))
