; Circular code is refused.
; args: --max-heap 64m
; time: 10
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
(define (try thunk)
  (guard (e ((error-object? e) (display "error") (newline)))
    (thunk)
    (display "fine")
    (newline)))

(define env (interaction-environment))
(define x (list 'display 0))
(set-car! (cdr x) x)
(try (lambda () (eval x env)))
(define y (list '+ 1 2))
(set-cdr! (cddr y) y)
(try (lambda () (eval y env)))
(define z (list 'begin 1))
(set-cdr! (cdr z) z)
(try (lambda () (eval z env)))
(define w (list 'let '() 1))
(set-car! (cdr w) (let ((b (list (list 'a 1)))) (set-cdr! b b) b))
(try (lambda () (eval w env)))
(define v (list 'lambda (let ((p (list 'a 'b))) (set-cdr! (cdr p) p) p) 1))
(try (lambda () (eval v env)))
(try (lambda () (eval (list 'quasiquote x) env)))
