; A lazy list of a hundred thousand forced from the far end.
; args: --max-heap 64m
; time: 10
; output: 100000
(define (chain n)
  (if (= n 0) (delay 0) (let ((p (chain (- n 1)))) (delay (+ 1 (force p))))))
(write (force (chain 100000)))
(newline)
