; A continuation re-entered through dynamic-wind, ten thousand times.
; args: --max-heap 64m
; time: 10
; output: (10000 10000 10000)
(let ((k #f) (ins 0) (outs 0) (n 0))
  (dynamic-wind
    (lambda () (set! ins (+ ins 1)))
    (lambda () (call/cc (lambda (c) (set! k c))))
    (lambda () (set! outs (+ outs 1))))
  (set! n (+ n 1))
  (if (< n 10000) (k #f))
  (write (list ins outs n)))
(newline)
