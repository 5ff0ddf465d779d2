; parameterize nested a hundred thousand deep.
; args: --max-heap 64m
; time: 10
; output: 1
(define p (make-parameter 0))
(define (f n)
  (if (= n 0)
      (p)
      (+ 0 (parameterize ((p n)) (f (- n 1))))))
(display (f 50000))
(newline)
