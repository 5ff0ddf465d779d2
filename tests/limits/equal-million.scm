; equal? on two lists nested a million deep.
; args: --max-heap 64m
; time: 10
; output: #t
(define (nest n seed)
  (let loop ((n n) (x seed))
    (if (= n 0) x (loop (- n 1) (cons x '())))))
(define a (nest 1000000 'end))
(define b (nest 1000000 'end))
(display (equal? a b))
(newline)
