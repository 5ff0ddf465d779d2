; An error in a procedure that the library calls.
(define (invert x) (quotient 100 x))
(define (invert-all items)
  (map invert items))
(display (invert-all '(1 2 5)))
(newline)
(display (invert-all '(1 0 5)))
