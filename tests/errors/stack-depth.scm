; args: --max-heap 24m
; A recursion that never ends.
(define (count n) (+ 1 (count (+ n 1))))
(display (count 0))
