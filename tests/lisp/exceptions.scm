;; Exceptions: sections 4.2.7 and 6.11.
(import (scheme base) (scheme write))

;; Handlers
(write (call/cc (lambda (k) (with-exception-handler (lambda (e) (k (list 'caught e))) (lambda () (+ 1 (raise 'an-error)))))))
                                        ; => (caught an-error)
(write (with-exception-handler (lambda (e) 42) (lambda () (+ (raise-continuable 'c) 23)))) ; => 65
(with-exception-handler (lambda (e) 'ignored) (lambda () (raise 'oops))) ; !! handler returned
(write (with-exception-handler (lambda (e) 10)
         (lambda () (with-exception-handler (lambda (e) (+ 1 (raise-continuable e))) (lambda () (* 2 (raise-continuable 'x)))))))
                                        ; => 22
(write (call-with-values (lambda () (with-exception-handler (lambda (e) e) (lambda () (values 1 2)))) list)) ; => (1 2)
(with-exception-handler 5 (lambda () 1)) ; !! with-exception-handler: expected a procedure as argument 1, got 5
(raise 'boom)                           ; !! boom
(raise (list 1 2))                      ; !! (1 2)
(raise-continuable 'boom)               ; !! boom

;; An error in a handler goes to the handlers outside
(write (guard (e (#t (list 'outer e)))
         (with-exception-handler (lambda (e) (raise (list 'handler e)))
           (lambda () (raise 'inner))))) ; => (outer (handler inner))
;; A handler that returns from raise makes an error of its own
(write (guard (e ((error-object? e) (error-object-irritants e)))
         (with-exception-handler (lambda (e) 'returned) (lambda () (raise 'inner))))) ; => (inner)
;; So does one that returns from an error of the machine
(write (guard (e ((error-object? e) 'secondary))
         (with-exception-handler (lambda (e) 'returned) (lambda () (car 5))))) ; => secondary

;; guard
(write (guard (condition ((assq 'a condition) => cdr) ((assq 'b condition))) (raise (list (cons 'a 42))))) ; => 42
(write (guard (condition ((assq 'a condition) => cdr) ((assq 'b condition))) (raise (list (cons 'b 23))))) ; => (b . 23)
(write (guard (e (#f 'never) (else (list 'else e))) (raise 'x))) ; => (else x)
(write (guard (e ((symbol? e) (display "!") e)) 1 2 3)) ; => 3
(write (call-with-values (lambda () (guard (e (#t 0)) (values 1 2))) list)) ; => (1 2)
(write (guard (e ((string? e) 'outer)) (guard (e ((number? e) 'inner)) (raise "s")))) ; => outer
(guard (e ((string? e) 'no)) (raise 'unhandled)) ; !! unhandled
;; What no clause takes is raised again where it was raised
(write (with-exception-handler (lambda (e) 10)
         (lambda () (+ 1 (guard (e ((string? e) 'no)) (+ 1 (raise-continuable 'c))))))) ; => 12
(write (let ((steps '()))
         (define (note s) (set! steps (cons s steps)))
         (guard (e (#t (note 'outer)))
           (guard (e ((begin (note 'test) #f) 'no))
             (dynamic-wind (lambda () (note 'in)) (lambda () (raise 'x)) (lambda () (note 'out)))))
         (reverse steps)))              ; => (in out test in out outer)
;; Clauses are evaluated in the dynamic state of guard
(define p (make-parameter 1))
(write (guard (e (#t (list e (p)))) (parameterize ((p 2)) (raise (p))))) ; => (2 1)

;; Error objects
(write (guard (e ((error-object? e) (list (error-object-message e) (error-object-irritants e)))) (error "BOOM!" 1 'two "three")))
                                        ; => ("BOOM!" (1 two "three"))
(error "something is wrong:" 'x "y" 3)  ; !! something is wrong: x "y" 3
(error 'not-a-string 1)                 ; !! not-a-string
(write (error-object? 'x))              ; => #f
(error-object-message 'x)               ; !! error-object-message: expected an error object as argument 1, got x
(write (guard (e (#t (error-object? e))) (vector-ref #(1 2) 9))) ; => #t
(write (guard (e (#t (error-object? e))) (undefined-variable))) ; => #t
(write (guard (e (#t (error-object? e))) ((lambda (x) x)))) ; => #t
(write (guard (e (#t (error-object? e))) (5 5))) ; => #t
(write (guard (e (#t (string? (error-object-message e)))) (make-vector 1000000000000))) ; => #t
(write (guard (e (#t (list (file-error? e) (read-error? e)))) (error "x"))) ; => (#f #f)
(write (guard (e (#t (list (file-error? e) (read-error? e)))) (read-u8 (open-input-string "x")))) ; => (#f #f)

;; After an uncaught error the dynamic state is as it was
(parameterize ((p 99)) (error "inside")) ; !! inside
(write (p))                             ; => 1
(with-exception-handler (lambda (e) (raise e)) (lambda () (error "deep"))) ; !! deep
(raise 'still-uncaught)                 ; !! still-uncaught
