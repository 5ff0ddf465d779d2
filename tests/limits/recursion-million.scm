; Recursion a million frames deep has a result.
; args: --max-heap 64m
; time: 10
; output: 1000000
(define (count n) (if (= n 0) 0 (+ 1 (count (- n 1)))))
(display (count 1000000))
(newline)
