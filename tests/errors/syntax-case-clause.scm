; A clause of case without a list of data.
(define (name n)
  (case n
    (1 'one)
    (else 'many)))
