; equal? on a list that shares its parts exponentially often.
; args: --max-heap 64m
; time: 10
; output: #t
(define (build n)
  (let loop ((n n) (x '(1)))
    (if (= n 0) x (loop (- n 1) (cons x x)))))
(display (equal? (build 100) (build 100)))
(newline)
