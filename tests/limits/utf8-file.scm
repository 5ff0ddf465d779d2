; Invalid UTF-8 in an identifier of a program.
; exit: 70
; error: utf8-file.scm:5:11: invalid UTF-8
(display "before")
(display 'a√)
