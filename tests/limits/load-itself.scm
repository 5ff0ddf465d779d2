; A file that loads itself.
; args: --max-heap 64m
; time: 20
; exit: 70
; error: out of memory|nested|deep
(load "load-itself.scm")
