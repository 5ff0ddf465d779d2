; More arguments than memory holds.
; args: --max-heap 64m
; time: 10
; exit: 70
; error: out of memory
(define (f . args) (apply f (append args args)))
(f 1)
