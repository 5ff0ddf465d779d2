; The same without a handler.
; args: --max-heap 64m
; time: 10
; exit: 70
; error: out of memory|too large
(display (expt 7 (expt 7 10)))
