; A symbol of ten million characters.
; args: --max-heap 64m
; time: 20
; output: 10000000
; output: #t
(define s (string->symbol (make-string 10000000 #\a)))
(display (string-length (symbol->string s)))
(newline)
(display (eq? s (string->symbol (make-string 10000000 #\a))))
(newline)
