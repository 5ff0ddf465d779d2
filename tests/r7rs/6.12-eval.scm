;; Sections 6.12 environments and evaluation, and 6.14 system interface.
(import (scheme base) (scheme eval) (scheme file) (scheme load) (scheme process-context) (scheme repl) (scheme time) (scheme write))

(eval '(* 7 3) (environment '(scheme base))) ; => 21
(let ((f (eval '(lambda (f x) (f x x)) (environment '(scheme base))))) (f + 10)) ; => 20
(eval 'car (environment '(only (scheme base) cdr))) ; !! unbound variable: car
(eval '(kar '(1)) (environment '(rename (only (scheme base) car quote) (car kar)))) ; => 1
(eval '(define foo 32) (environment '(scheme base))) ; !! define: this environment is immutable; it cannot define foo
(eval '(define-syntax foo (syntax-rules ())) (environment '(scheme base))) ; !! define-syntax: this environment is immutable
(eval '(define-values (a b) (values 1 2)) (environment '(scheme base))) ; !! immutable
(eval '(import (scheme write)) (environment '(scheme base))) ; !! import: this environment is immutable
(eval '(let () (define foo 32) foo) (environment '(scheme base))) ; => 32
(eval '(set! car cdr) (environment '(scheme base))) ; !! car
(eval '(if 1) (environment '(scheme base))) ; !! if
(eval 5 (environment '(scheme base)))   ; => 5
(eval '(let-syntax ((m (syntax-rules () ((_ a) (list a a))))) (m 1)) (environment '(scheme base))) ; => (1 1)
(eval '(begin (define-values (a b) (values 1 2)) (+ a b)) (interaction-environment)) ; => 3
(eval '(begin) (environment '(scheme base)))
(eval '(lambda (x) x) (environment))    ; !! unbound variable
(eval (list + 1 2) (environment '(scheme base))) ; => 3
(eval '1 'no-environment)               ; !! eval
(environment '(no such library))        ; !! (no such library)
(eval '(define-record-type p (make-p a) p? (a p-a)) (interaction-environment))
(eval '(p-a (make-p 5)) (interaction-environment)) ; => 5

(list? (features))                      ; => #t
(and (memq 'r7rs (features)) #t)        ; => #t
(list? (command-line))                  ; => #t
(get-environment-variable "NO_SUCH_VARIABLE_HERE") ; => #f
(string? (get-environment-variable "PATH")) ; => #t
(pair? (car (get-environment-variables))) ; => #t
(exact-integer? (current-jiffy))        ; => #t
(exact-integer? (jiffies-per-second))   ; => #t
(let* ((a (current-jiffy)) (b (current-jiffy))) (<= a b)) ; => #t
(real? (current-second))                ; => #t
(file-exists? "no-such-file")           ; => #f
(delete-file "no-such-file")            ; !! no-such-file
(guard (e ((file-error? e) 'file-error)) (delete-file "no-such-file")) ; => file-error
(call-with-output-file "loaded.scm" (lambda (port) (write '(define loaded-value 7) port)))
(load "loaded.scm")
(eval 'loaded-value (interaction-environment)) ; => 7
(let () (delete-file "loaded.scm") (file-exists? "loaded.scm")) ; => #f
(load "no-such-file.scm")               ; !! no-such-file.scm
