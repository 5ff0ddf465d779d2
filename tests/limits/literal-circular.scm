; A circular literal in the source.
; args: --max-heap 64m
; time: 10
; output: (a b a)
; output: #0=(c #0#)
; output: #0=#(1 #0#)
(define x '#0=(a b . #0#))
(write (list (car x) (cadr x) (caddr x)))
(newline)
(write '#1=(c #1#))
(newline)
(write '#2=#(1 #2#))
(newline)
