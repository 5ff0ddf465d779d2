; What fails before a tail call is made fails in the procedure that makes it, inlined or not.
(define (inner x) (x 3))
(define (outer x) (+ 1 (inner x)))
(display (outer 5))
