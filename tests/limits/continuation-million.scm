; A million continuations, one after another.
; args: --max-heap 64m
; time: 10
; output: 1000000
(define (loop n sum)
  (if (= n 0)
      sum
      (loop (- n 1) (+ sum (call/cc (lambda (k) (k 1)))))))
(display (loop 1000000 0))
(newline)
