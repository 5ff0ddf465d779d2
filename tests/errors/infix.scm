; Arithmetic as other languages write it.
(define (double x)
  (x * 2))
(display (double 4))
