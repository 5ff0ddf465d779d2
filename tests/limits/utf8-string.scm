; Invalid UTF-8 in a string of a program reads as U+FFFD.
; args: --max-heap 64m
; output: 4
(define s "aÿþb")
(display (string-length s))
(newline)
