; Circular data prints with labels.
; args: --max-heap 64m
; time: 10
; output: #0=(1 2 3 . #0#)
; output: #0=(1 2 3 . #0#)
; output: #0=#(#0# 2)
(define x (list 1 2 3))
(set-cdr! (cddr x) x)
(write x)
(newline)
(display x)
(newline)
(define v (vector 1 2))
(vector-set! v 0 v)
(write v)
(newline)
