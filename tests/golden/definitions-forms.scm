; Output comes before the error of a form that cannot be compiled, and reading or evaluating in
; the program's own environment keeps everything changeable.
; status: 70
(define (f) 'old)
(define (g) (f))
(display (g))
(newline)
(eval '(define (f) 'new) (interaction-environment))
(display (g))
(newline)
(if)
