;; (scheme eval), (scheme load), (scheme file), (scheme repl) and (scheme process-context).
(import (scheme base) (scheme eval) (scheme load) (scheme file) (scheme read) (scheme repl)
        (scheme process-context) (scheme time) (scheme write))

;; eval and environments
(write (eval '(* 7 3) (environment '(scheme base)))) ; => 21
(write (let ((f (eval '(lambda (f x) (f x x)) (environment '(scheme base))))) (f + 10))) ; => 20
(write (eval '(m:+ 1 2) (environment '(prefix (only (scheme base) +) m:)))) ; => 3
(write (eval '(let loop ((i 0)) (if (< i 10) (loop (+ i 1)) i)) (environment '(scheme base)))) ; => 10
(eval '(display 1) (environment '(scheme base))) ; !! unbound variable: display
(eval '(car 5) (environment '(scheme base))) ; !! car: expected a pair
(eval '(if) (environment '(scheme base))) ; !! if
(eval 'x 5)                             ; !! eval: expected an environment as argument 2, got 5
(environment '(no such library))        ; !! (no such library)
(eval '(define defined-by-eval 42) (interaction-environment))
(write (eval 'defined-by-eval (interaction-environment))) ; => 42

;; Files: the current ports are the file's inside, and their own again outside
(define name "limpet-test-output.txt")
(write (with-output-to-file name (lambda () (write '(one "two" #\3)) (newline) 'done))) ; => done
(write (file-exists? name))             ; => #t
(write (with-input-from-file name read)) ; => (one "two" #\3)
(write (call-with-input-file name read-line)) ; => "(one \"two\" #\\3)"
(write (call-with-output-file name (lambda (port) (write-string "x" port) (output-port-open? port)))) ; => #t
(write (let ((kept #f)) (call-with-output-file name (lambda (port) (set! kept port))) (output-port-open? kept))) ; => #f
(write (let ((port (open-input-string "abc")))
         (list (call-with-port port read-char) (input-port-open? port)))) ; => (#\a #f)
(define before (current-output-port))
(write (guard (e (#t (eq? (current-output-port) before)))
         (with-output-to-file name (lambda () (error "inside"))))) ; => #t
(write (guard (e ((file-error? e) 'no-file)) (open-input-file "does/not/exist"))) ; => no-file
(call-with-input-file "does/not/exist" read) ; !! does/not/exist

;; load evaluates the forms of a file in order
(call-with-output-file name
  (lambda (port) (write '(define loaded (list 1 2)) port) (write '(set! loaded (cons 0 loaded)) port)))
(load name (interaction-environment))
(write (eval 'loaded (interaction-environment))) ; => (0 1 2)
(load "does/not/exist")                 ; !! does/not/exist
(call-with-output-file name (lambda (port) (write-string "(display 'before) (car 5)" port)))
(load name)                             ; !! car: expected a pair
(call-with-output-file name (lambda (port) (write-string "(display 'before) (car " port)))
(write (guard (e ((read-error? e) 'read-error)) (load name))) ; => read-error
(delete-file name)
(write (file-exists? name))             ; => #f
(guard (e ((file-error? e) (write 'gone))) (delete-file name)) ; => gone

;; The process
(write (list? (command-line)))          ; => #t
(write (string? (get-environment-variable "PATH"))) ; => #t
(write (get-environment-variable "LIMPET_NO_SUCH_VARIABLE")) ; => #f
(write (and (assoc "PATH" (get-environment-variables)) #t)) ; => #t
(write (let* ((a (current-jiffy)) (b (current-jiffy))) (and (exact-integer? a) (<= a b) (exact-integer? (jiffies-per-second))))) ; => #t
(write (> (current-second) 1e9))        ; => #t
