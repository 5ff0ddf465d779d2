;; Sections 6.11 and 4.2.7: exceptions.
(import (scheme base) (scheme file) (scheme read) (scheme write))

(call-with-current-continuation
 (lambda (k) (with-exception-handler (lambda (e) (display "condition: ") (write e) (newline) (k 'exception)) (lambda () (+ 1 (raise 'an-error))))))
                                        ; => condition: an-error
(call/cc (lambda (k) (with-exception-handler (lambda (e) (k 'exception)) (lambda () (+ 1 (raise 'an-error)))))) ; => exception
(with-exception-handler (lambda (e) 'ignored) (lambda () (+ 1 (raise 'an-error)))) ; !! an-error
(with-exception-handler
  (lambda (con) (cond ((string? con) (display con)) (else (display "a warning has been issued"))) 42)
  (lambda () (display (+ (raise-continuable "should be a number") 23)) (newline))) ; => should be a number65
(with-exception-handler (lambda (e) 42) (lambda () (+ (raise-continuable "x") 23))) ; => 65
;; The handler runs with the handler outside installed
(with-exception-handler (lambda (e) (list 'outer e))
  (lambda () (with-exception-handler (lambda (e) (list 'inner (raise-continuable e))) (lambda () (raise-continuable 1))))) ; => (inner (outer 1))
(with-exception-handler 1 2)            ; !! with-exception-handler
(raise 'x 'y)                           ; !! argument

(define (null-list? l)
  (cond ((pair? l) #f) ((null? l) #t) (else (error "null-list?: argument out of domain" l))))
(null-list? 5)                          ; !! null-list?: argument out of domain 5
(guard (e ((error-object? e) (list (error-object-message e) (error-object-irritants e)))) (error "message" 1 'two "three")) ; => ("message" (1 two "three"))
(guard (e (#t (error-object-irritants e))) (error "message")) ; => ()
(error-object? 'x)                      ; => #f
(guard (e (#t (error-object? e))) (car 5)) ; => #t
(guard (e (#t (error-object? e))) (vector-ref #(1) 1)) ; => #t
(guard (e (#t (error-object? e))) (undefined-variable)) ; => #t
(guard (e (#t (error-object? e))) (5 5)) ; => #t
(guard (e (#t (error-object? e))) ((lambda (x) x))) ; => #t
(guard (e (#t (error-object? e))) (/ 1 0)) ; => #t
(guard (e (#t (string? (error-object-message e)))) (car 5)) ; => #t
(guard (e (#t (list? (error-object-irritants e)))) (car 5)) ; => #t
(error-object-message 5)                ; !! error-object-message
(guard (e ((file-error? e) 'file)) (open-input-file "/no/such/file")) ; => file
(guard (e ((read-error? e) 'read)) (read (open-input-string "(1 . "))) ; => read
(guard (e ((read-error? e) 'read)) (read (open-input-string ")"))) ; => read
(guard (e (#t (list (file-error? e) (read-error? e)))) (error "x")) ; => (#f #f)
(map file-error? '(1 #f))               ; => (#f #f)

;; guard
(guard (condition ((assq 'a condition) => cdr) ((assq 'b condition))) (raise (list (cons 'a 42)))) ; => 42
(guard (condition ((assq 'a condition) => cdr) ((assq 'b condition))) (raise (list (cons 'b 23)))) ; => (b . 23)
(guard (e ((symbol? e) 1 2 (list 'symbol e)) ((string? e) 'string)) (raise 'boom)) ; => (symbol boom)
(guard (e ((symbol? e) 'symbol)) (raise 5)) ; !! 5
(guard (e (else 'any)) (raise 5))       ; => any
(guard (e) (raise 5))                   ; !! 5
(guard (e (#t 1)))                      ; !! guard
(guard (5 (#t 1)) 2)                    ; !! guard
(guard e 1)                             ; !! guard
(guard (e (#f 'never)) 1 2 3)           ; => 3
(guard (e ((string? e) 'outer)) (guard (e ((number? e) 'inner)) (raise "x"))) ; => outer
(guard (e (#t (list 'outer e))) (guard (e ((number? e) (raise 'again))) (raise 1))) ; => (outer again)
(guard (e (#t e)) (guard (e ((begin (raise 'in-test)) 1)) (raise 1))) ; => in-test
(let ((log '()))
  (define (note x) (set! log (cons x log)))
  (guard (e (#t (note 'clause)))
    (dynamic-wind (lambda () (note 'in)) (lambda () (raise 'oops)) (lambda () (note 'out))))
  (reverse log))                        ; => (in out clause)
;; No clause fits: back in, raised with raise-continuable in the inner dynamic environment
(let ((log '()))
  (define (note x) (set! log (cons x log)))
  (note (with-exception-handler (lambda (e) (note 'handler) 10)
    (lambda ()
      (guard (e (#f 'never))
        (dynamic-wind (lambda () (note 'in)) (lambda () (+ 1 (raise-continuable 'oops))) (lambda () (note 'out)))))))
  (reverse log))                        ; => (in out in handler out 11)
(let ((p (make-parameter 1))) (guard (e (#t (list e (p)))) (parameterize ((p 2)) (raise (p))))) ; => (2 1)
(guard (e ((eq? e 'x) => (lambda (t) (list t e)))) (raise 'x)) ; => (#t x)
(let ((=> 1)) (guard (e (#t 'ok)) (raise 1))) ; => ok
(let loop ((i 0)) (if (= i 1000) i (begin (guard (e (#t e)) (raise i)) (loop (+ i 1))))) ; => 1000
(with-exception-handler
  (lambda (e) 'ignored)
  (lambda () (guard (e2 ((string? e2) 'string)) (raise-continuable 'not-a-string)) 'after)) ; => after
(guard (e (#t (list 'caught (error-object-message e)))) (with-exception-handler (lambda (e) (error "in handler")) (lambda () (raise 'x)))) ; => (caught "in handler")
(guard (e ((symbol? e) e)) (for-each (lambda (x) (if (= x 2) (raise 'two))) '(1 2 3))) ; => two
(guard (e (#t (list 'c e))) (apply raise '(1))) ; => (c 1)
(guard (e (#f 1)) (values 1 2))         ; => 1 2
(guard (e (#t (values 'a 'b))) (raise 1)) ; => a b
(call/cc (lambda (k) (guard (e (#t 'guard)) (k 'escaped)))) ; => escaped
(let ((k #f) (n 0)) (guard (e (#t (set! n (+ n e)) (if (< n 3) (k 1) n))) (call/cc (lambda (c) (set! k c))) (raise 1))) ; => 3
