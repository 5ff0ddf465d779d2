; A sort that is entered again and again from its own comparison ends, and gives a sorted list.
; args: --max-heap 64m
; time: 20
; output: (1 2 3 4 5 6 7 8)
; output: 1000
(import (scheme base) (scheme write) (limpet sort))
(define (show x) (write x) (newline))
(let* ((k #f)
       (n 0)
       (sorted (sort '(8 3 5 1 7 2 6 4)
                     (lambda (a b)
                       (call/cc (lambda (c) (if (not k) (set! k c))))
                       (< a b)))))
  (set! n (+ n 1))
  (if (< n 1000) (k #f))
  (show sorted)
  (show n))
