; What fails before a tail call is made fails in the procedure that makes it, inlined or not.
(define (inner x) (no-such-procedure x))
(define (outer x) (+ 1 (inner x)))
(display (outer 5))
