; The value of something that has none.
(define counter 0)
(display (+ 1 (set! counter (+ counter 1))))
