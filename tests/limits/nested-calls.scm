; Deeply nested forms of all kinds: a result, or an error.
; args: --max-heap 64m
; time: 30
; output: fine
; output: error
; output: fine
; output: fine
; output: fine
; output: fine
; output: fine
; output: fine
; output: error
; output: fine
; output: on
(define (try thunk)
  (guard (e ((error-object? e) (display "error") (newline)))
    (thunk)
    (display "fine")
    (newline)))
(define (nest n seed wrap)
  (let loop ((n n) (x seed))
    (if (= n 0) x (loop (- n 1) (wrap x)))))
(define env (interaction-environment))

(define (both wrap)
  (try (lambda () (eval (nest 500 1 wrap) env)))
  (guard (e ((error-object? e) #t))
    (eval (nest 200000 1 wrap) env)))
(both (lambda (e) (list 'not e)))
(both (lambda (e) (list 'if e e 1)))
(both (lambda (e) (list 'begin e)))
(both (lambda (e) (list 'lambda '() e)))
(both (lambda (e) (list '+ 1 e)))
(both (lambda (e) (list 'quasiquote (list 'a (list 'unquote e)))))
(both (lambda (e) (list 'quasiquote e)))
(both (lambda (e) (list 'cond (list #f 1) (list 'else e))))
(both (lambda (e) (list 'define-record-type e)))
(both (lambda (e) (list 'let '() (list 'define '(f) e) '(f))))
(guard (e ((error-object? e) #t))
  (eval (nest 200000 '(define (f) 1) (lambda (e) (list 'define '(f) e '(f)))) env))
(display "on")
(newline)
