; dynamic-wind nested a hundred thousand deep, left at once.
; args: --max-heap 64m
; time: 10
; output: left
; output: 50000
(define outs 0)
(define (f n k)
  (if (= n 0)
      (k 'left)
      (dynamic-wind
        (lambda () #f)
        (lambda () (+ 1 (f (- n 1) k)))
        (lambda () (set! outs (+ outs 1))))))
(display (call/cc (lambda (k) (f 50000 k))))
(newline)
(display outs)
(newline)
