; A division by zero.
(define (mean items)
  (quotient (apply + items) (length items)))
(display (mean '(1 2 3)))
(newline)
(display (mean '()))
