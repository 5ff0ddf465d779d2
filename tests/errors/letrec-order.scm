; Internal definitions that use each other's values.
(define (f)
  (define total (+ price tax))
  (define price 10)
  (define tax 2)
  total)
(display (f))
