; A million digits, read and written.
; args: --max-heap 64m
; time: 20
; output: #t
(define text (make-string 300000 #\7))
(define n (string->number text))
(display (string=? text (number->string n)))
(newline)
