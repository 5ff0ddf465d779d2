;; (limpet error): what is known of an error object after it was raised.
(import (scheme base) (scheme write) (scheme cxr) (scheme eval) (scheme file) (scheme read) (limpet error))

(define (first-error thunk) (guard (e (#t e)) (thunk) 'none))
(define (in-car x) (+ 1 (car x)))
(define type-error (first-error (lambda () (+ 1 (in-car 5)))))

(write (map condition? (list type-error 'a "text"))) ; => (#t #f #f)
(write (condition-kind type-error))     ; => type
(write (map (lambda (thunk) (condition-kind (first-error thunk)))
            (list (lambda () (error "x")) (lambda () (vector-ref (vector) 0)) (lambda () (car))
                  (lambda () (eval 'not-there (environment '(scheme base))))
                  (lambda () ("x")) (lambda () (quotient 1 0)) (lambda () (open-input-file "no/such"))
                  (lambda () (read (open-input-string ")")))
                  (lambda () (eval '(if) (environment '(scheme base))))
                  (lambda () (string-set! "literal" 0 #\a)))))
                                        ; => (error range arity unbound not-procedure divide file read syntax immutable)
(write (condition-message (first-error (lambda () (error "a message" 1 "two" 'three))))) ; => "a message"
(write (condition-irritants (first-error (lambda () (error "a message" 1 "two" 'three))))) ; => (1 "two" three)
(write (cddr (condition-position type-error))) ; => (25)
;; The innermost call first; the guard is not where it was handled but where it was raised
(write (map car (list (car (condition-backtrace type-error))))) ; => (in-car)
(write (cdddr (car (condition-backtrace type-error)))) ; => (25)
;; Raised again, it keeps them
(write (let ((again (first-error (lambda () (raise type-error)))))
         (list (eq? again type-error) (cddr (condition-position again)) (caar (condition-backtrace again)))))
                                        ; => (#t (25) in-car)
;; In the handler of with-exception-handler too
(write (call/cc (lambda (k)
         (with-exception-handler (lambda (e) (k (caar (condition-backtrace e))))
                                 (lambda () (+ 1 (in-car 7))))))) ; => in-car
;; A deep one is not longer than its end that matters
(define (deep n) (if (= n 0) (car '()) (+ 1 (deep (- n 1)))))
(write (length (condition-backtrace (first-error (lambda () (deep 10000)))))) ; => 24
;; The report is what is printed of an error that nobody handles
(define (lines text)
  (let loop ((rest (string->list text)) (n 0))
    (cond ((null? rest) n) ((char=? (car rest) #\newline) (loop (cdr rest) (+ n 1))) (else (loop (cdr rest) n)))))
(write (> (lines (condition-report type-error)) 3)) ; => #t
(write (condition-report 'anything))    ; => "uncaught object: anything\n"
(write (let ((port (open-output-string)))
         (write-condition-report type-error port)
         (string=? (get-output-string port) (condition-report type-error)))) ; => #t
(condition-kind 'anything)              ; !! condition-kind: expected a condition as argument 1, got anything
(condition-position 5)                  ; !! condition-position: expected a condition as argument 1, got 5
(condition-backtrace "x")               ; !! condition-backtrace: expected a condition as argument 1, got "x"
