; A million nested parentheses evaluated as code.
; args: --max-heap 64m
; time: 10
; output: fine
; output: error
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

(define (f) f)
(try (lambda () (eval (nest 1000 'f list) env)))
(try (lambda () (eval (nest 1000000 'f list) env)))
(display "on")
(newline)
