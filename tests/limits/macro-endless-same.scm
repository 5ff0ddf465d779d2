; A macro that expands to the same use without end.
; args: --max-heap 64m
; time: 20
; error: macro-endless.*:[0-9]+:1: out of memory
; exit: 70
(define-syntax forever
  (syntax-rules ()
    ((_ x) (forever x))))
(forever a)
