; A procedure of fifty thousand expressions, and a cond of five thousand clauses.
; args: --max-heap 64m
; time: 20
; output: 50000
; output: 100000
; output: yes
(define env (interaction-environment))
(define n 0)
(define (repeat n x) (vector->list (make-vector n x)))
(eval (cons 'begin (repeat 50000 '(set! n (+ n 1)))) env)
(display n)
(newline)
((eval (cons 'lambda (cons '() (repeat 50000 '(set! n (+ n 1))))) env))
(display n)
(newline)
(display (eval (cons 'cond (append (repeat 5000 '((= n 1) 'no)) '((else 'yes)))) env))
(newline)
