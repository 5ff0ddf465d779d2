; Continuations captured deep in a recursion, all kept.
; args: --max-heap 64m
; time: 10
; output: 5000
; output: 5001
(define all '())
(define (f n)
  (call/cc (lambda (k) (set! all (cons k all))))
  (if (= n 0) 0 (+ 1 (f (- n 1)))))
(display (f 5000))
(newline)
(display (length all))
(newline)
