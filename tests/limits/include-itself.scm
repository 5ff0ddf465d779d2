; A file that includes itself.
; args: --max-heap 64m
; time: 60
; exit: 70
; error: include-itself|too deep|nested|out of memory
(include "include-itself.scm")
