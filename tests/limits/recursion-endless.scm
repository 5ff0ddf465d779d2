; Endless recursion ends in an error that has a place.
; args: --max-heap 64m
; time: 10
; exit: 70
; error: out of memory
(define (f n) (+ 1 (f (+ n 1))))
(f 0)
