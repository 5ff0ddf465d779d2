; let-values with a single name.
(define (f)
  (let-values ((q (floor/ 7 2)))
    (+ q 1)))
(display (f))
