; Invalid UTF-8 in an identifier of a program.
; args: --max-heap 64m
; exit: 70
; error: utf8-file.scm:6:11: invalid UTF-8
(display "before")
(display 'a√)
