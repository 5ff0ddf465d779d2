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

;; The handler of raise that returns: the secondary exception goes to the handler outside
(define (trace run)
  (let ((log '())) (run (lambda (x) (set! log (cons x log)))) (reverse log)))
(trace (lambda (note)
  (call/cc (lambda (k)
    (with-exception-handler (lambda (e) (note (if (error-object? e) 'secondary e)) (k #f))
      (lambda () (with-exception-handler (lambda (e) (note (list 'inner e)) 'returned) (lambda () (raise 'x)))))))))
                                        ; => ((inner x) secondary)
(trace (lambda (note)
  (guard (e (#t (note (error-object? e)) (note (error-object-irritants e))))
    (with-exception-handler (lambda (e) (note e)) (lambda () (raise 'x)))))) ; => (x #t (x))
(guard (e (#t 'secondary)) (with-exception-handler (lambda (e) 0) (lambda () (error "a")))) ; => secondary
(guard (e (#t 'secondary)) (with-exception-handler (lambda (e) 0) (lambda () (car 5)))) ; => secondary
;; raise and error inside of a handler go to the handler outside
(trace (lambda (note)
  (call/cc (lambda (k)
    (with-exception-handler (lambda (e) (note (list 'outer e)) (k #f))
      (lambda () (with-exception-handler (lambda (e) (note (list 'inner e)) (raise 'again)) (lambda () (raise 'first))))))))) ; => ((inner first) (outer again))
(trace (lambda (note)
  (with-exception-handler (lambda (e) (note (list 3 e)) 'c)
    (lambda () (with-exception-handler (lambda (e) (note (list 2 e)) (raise-continuable 'b))
      (lambda () (with-exception-handler (lambda (e) (note (list 1 e)) (raise-continuable 'a)) (lambda () (note (raise-continuable 'x)))))))))) ; => ((1 x) (2 a) (3 b) c)
;; After the handler has returned, it is the current handler again
(let ((n 0)) (with-exception-handler (lambda (e) (set! n (+ n e)) n) (lambda () (let* ((a (raise-continuable 1)) (b (raise-continuable 10))) (list a b))))) ; => (1 11)
(let ((n 0)) (with-exception-handler (lambda (e) 'outer) (lambda () (with-exception-handler (lambda (e) 'inner) (lambda () 1)) (raise-continuable 'x)))) ; => outer
(with-exception-handler (lambda (e) 10) (lambda () (+ (raise-continuable 1) (raise-continuable 2)))) ; => 20
(call-with-values (lambda () (with-exception-handler (lambda (e) 0) (lambda () (values 1 2)))) list) ; => (1 2)
(with-exception-handler (lambda (e) 0) 5) ; !! 5
(with-exception-handler 5 (lambda () 1)) ; !! with-exception-handler
(with-exception-handler (lambda (e) 0) (lambda (x) x)) ; !! argument
(with-exception-handler (lambda (e) 0)) ; !! argument
(raise)                                 ; !! argument
(raise-continuable)                     ; !! argument
(raise-continuable 'alone)              ; !! alone
(error)                                 ; !! argument
(error "with irritants:" 1 "two" 'three #\4 '(5 "six")) ; !! with irritants: 1 "two" three #\4 (5 "six")
;; Any object can be raised, and is handled as it is
(map (lambda (x) (guard (e (#t (eq? e x))) (raise x))) (list 1 'a "b" #\c '() #f #t (list 1) (vector) car)) ; => (#t #t #t #t #t #t #t #t #t #t)
(guard (e (#t e)) (raise-continuable 'c)) ; => c
(guard (e ((error-object? e) (list (error-object-message e) (error-object-irritants e)))) (error "m")) ; => ("m" ())
(guard (e (#t (list (error-object? e) (file-error? e) (read-error? e)))) (raise 'x)) ; => (#f #f #f)
(guard (e (#t (list (error-object? e) (file-error? e) (read-error? e)))) (open-input-file "no/such/file")) ; => (#t #t #f)
(guard (e (#t (list (error-object? e) (file-error? e) (read-error? e)))) (read (open-input-string "#<"))) ; => (#t #f #t)
(error-object-message 'x)               ; !! error-object-message
(error-object-irritants 'x)             ; !! error-object-irritants
(guard (e (#t (error-object-message e))) (error 'who "what")) ; => who
;; What the machine finds is an error object, and a handler of it sees the place where it happened
(map (lambda (thunk) (guard (e ((error-object? e) 'error) (#t 'other)) (thunk)))
     (list (lambda () (vector-ref (vector 1) 1)) (lambda () (car 1)) (lambda () ((lambda (x) x))) (lambda () (quotient 1 0))
           (lambda () (string->symbol 1)) (lambda () ("f")) (lambda () (raise (list 1))) (lambda () (error "x")) (lambda () (exact +nan.0))
           (lambda () (integer->char -1)) (lambda () (list-tail '(1) 2)) (lambda () (hash-of-nothing 1)) (lambda () (letrec ((a (car b)) (b (list 1))) a))))
                                        ; => (error error error error error error other error error error error error error)

;; guard: the clauses run outside of the body; the raise that no clause takes runs inside again
(trace (lambda (note) (guard (e ((note 'test) (note 'clause))) (dynamic-wind (lambda () (note 'in)) (lambda () (raise 1)) (lambda () (note 'out)))))) ; => (in out test clause)
(trace (lambda (note)
  (guard (e (#t (note (list 'outer e))))
    (guard (e ((begin (note 'test) #f) 1))
      (dynamic-wind (lambda () (note 'in)) (lambda () (raise 1)) (lambda () (note 'out))))))) ; => (in out test in out (outer 1))
(trace (lambda (note)
  (note (with-exception-handler (lambda (e) (note 'handler) 'value)
    (lambda () (guard (e (#f 1)) (dynamic-wind (lambda () (note 'in)) (lambda () (list (raise-continuable 1))) (lambda () (note 'out))))))))) ; => (in out in handler out (value))
(let ((p (make-parameter 0))) (guard (e (#t (p))) (parameterize ((p 1)) (guard (e (#f 1)) (parameterize ((p 2)) (raise 'x)))))) ; => 0
(let ((p (make-parameter 0))) (with-exception-handler (lambda (e) (p)) (lambda () (parameterize ((p 1)) (guard (e (#f 1)) (parameterize ((p 2)) (raise-continuable 'x))))))) ; => 2
(guard (e ((assq 'a e) => cdr) ((assq 'b e))) (raise (list (cons 'b 5)))) ; => (b . 5)
(guard (e ((memq e '(a b)) => car) (else 'none)) (raise 'b)) ; => b
(guard (e ((memq e '(a b)) => car) (else 'none)) (raise 'c)) ; => none
(guard (e (else => list)) (raise 'c))   ; !!
(guard (e ((string? e) 1 2 3)) (raise "s")) ; => 3
(guard (e (#f 1) (else 2 3)) (raise 0)) ; => 3
(guard (e (#t (set! e 5) e)) (raise 1)) ; => 5
(guard (e (#t 1)) (define x 5) (+ x 1)) ; => 6
(call-with-values (lambda () (guard (e (#t (values 1 2))) (raise 0))) list) ; => (1 2)
(call-with-values (lambda () (guard (e (#f 0)) (values 1 2))) list) ; => (1 2)
(guard (e (#t (guard (e2 (#t (list e e2))) (raise 'second)))) (raise 'first)) ; => (first second)
(guard (outer (#t (list 'outer outer))) (guard (inner (#t (raise (list 'again inner)))) (raise 1))) ; => (outer (again 1))
(guard (e (#t (list 'outer e))) (guard (e ((symbol? e) 'symbol)) (guard (e ((string? e) 'string)) (raise 5)))) ; => (outer 5)
(guard (e ((symbol? e) 'symbol)) (guard (e ((string? e) 'string)) (raise 'x))) ; => symbol
(guard (e) 5)                           ; => 5
(guard)                                 ; !! guard
(guard (e))                             ; !! guard
(guard ((e) (#t 1)) 2)                  ; !! guard
(guard (e 5) 2)                         ; !!
(let ((else #f)) (guard (e (else 'no) (#t 'yes)) (raise 1))) ; => yes
(let ((k #f) (n 0)) (let ((r (guard (e (#t (call/cc (lambda (c) (set! k c))) (set! n (+ n 1)) n)) (raise 1)))) (if (< r 3) (k #f) r))) ; => 3
;; Leaving a handler with a continuation
(list? (call/cc (lambda (k) (with-exception-handler (lambda (e) (k (list 'left e))) (lambda () (car 'x)))))) ; => #t
(let loop ((i 0)) (if (< i 1000) (begin (call/cc (lambda (k) (with-exception-handler (lambda (e) (k e)) (lambda () (raise i))))) (loop (+ i 1))) i)) ; => 1000
