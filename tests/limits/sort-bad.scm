; sort with an order that is none ends.
; args: --max-heap 64m
; time: 10
; output: 10000
(import (scheme base) (scheme write) (limpet sort))
(define n 0)
(define (coin a b) (set! n (+ n 1)) (odd? n))
(display (length (sort (vector->list (make-vector 10000 1)) coin)))
(newline)
