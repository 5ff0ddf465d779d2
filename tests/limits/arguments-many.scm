; Calls with thousands of arguments, known and unknown.
; args: --max-heap 64m
; time: 10
; output: 20000
; output: 20000
; output: 20000
(define env (interaction-environment))
(define ones (vector->list (make-vector 20000 1)))
(define (count . items) (length items))
(display (eval (cons '+ ones) env))
(newline)
(display (eval (cons 'count ones) env))
(newline)
(display (eval (cons 'vector-length (list (cons 'vector ones))) env))
(newline)
