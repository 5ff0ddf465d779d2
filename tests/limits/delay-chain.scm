; A chain of a million delay-force runs in constant room.
; args: --max-heap 64m
; time: 20
; output: end
(define (loop n)
  (if (= n 0) (delay 'end) (delay-force (loop (- n 1)))))
(write (force (loop 1000000)))
(newline)
