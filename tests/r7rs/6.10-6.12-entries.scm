;; Sections 6.10 control, 6.11 exceptions, 6.12 evaluation: each entry, sentence by sentence.
(import (scheme base) (scheme char) (scheme eval) (scheme r5rs) (scheme repl) (scheme read) (scheme file) (scheme write))

;; 6.10: procedures that call others do so in the dynamic environment of their own call
(define p (make-parameter 'outer))
(define (each run) (parameterize ((p 'inner)) (run (lambda ignored (p)))))
(each (lambda (f) (list (apply f '()) (map f '(1)) (vector-map f #(1)) (call/cc f) (call-with-values (lambda () 1) f)
                        (dynamic-wind f f f) (let ((l '())) (for-each (lambda (x) (set! l (f))) '(1)) l))))
                                        ; => (inner (inner) #(inner) inner inner inner inner)
(each (lambda (f) (let ((seen '())) (define (see . x) (set! seen (cons (f) seen)))
  (string-for-each see "a") (vector-for-each see #(1)) (member 1 '(2) see) (assoc 1 '((2)) see)
  (call-with-port (open-input-string "") see) (with-exception-handler see (lambda () (raise-continuable 1)))
  (dynamic-wind see see see) seen)))    ; => (inner inner inner inner inner inner inner inner inner)
(apply max 1 2 '(5 3))                  ; => 5
(let ((l (list 1 2 3))) (eq? l (apply (lambda args args) l))) ; => #f
;; the after thunk runs in the dynamic environment of the call of dynamic-wind
(parameterize ((p 'wind)) (let ((seen #f)) (dynamic-wind (lambda () #f) (lambda () (parameterize ((p 'body)) (p))) (lambda () (set! seen (p)))) seen)) ; => wind
(let ((k #f) (log '()) (times 0))
  (dynamic-wind
    (lambda () (set! log (cons (list 'in (p)) log)))
    (lambda () (parameterize ((p 'body)) (call/cc (lambda (c) (set! k c))) (set! log (cons (p) log))))
    (lambda () (set! log (cons (list 'out (p)) log))))
  (set! times (+ times 1))
  (if (= times 1) (parameterize ((p 'elsewhere)) (k #f)))
  (reverse log))                        ; => ((in outer) body (out outer) (in outer) body (out outer))
;; values: as many as the continuation takes
(call-with-values (lambda () (values)) (lambda () 'none)) ; => none
(call-with-values (lambda () (values 1 2 3)) (lambda (a . rest) (list a rest))) ; => (1 (2 3))
(list (begin (values 1 2) 'rest))       ; => (rest)
(let () (values) 'rest)                 ; => rest
((lambda () (values 1 2) (values) 'rest)) ; => rest
(when #t (values 1 2) 'rest)            ; => rest
(cond (#t (values 1 2) 'rest))          ; => rest
(case 1 ((1) (values 1 2) 'rest))       ; => rest
(guard (e (#f #f)) (values 1 2) 'rest)  ; => rest
(parameterize ((p 1)) (values 1 2) 'rest) ; => rest
(let-values (((a b) (if #t (values 1 2) 3))) (list b a)) ; => (2 1)
(call-with-values (lambda () (cond (#t (values 1 2)))) list) ; => (1 2)
(call-with-values (lambda () (dynamic-wind list (lambda () (values 1 2)) list)) list) ; => (1 2)
(call-with-values (lambda () (with-exception-handler list (lambda () (values 1 2)))) list) ; => (1 2)
(call-with-values (lambda () (parameterize ((p 1)) (values 1 2))) list) ; => (1 2)
(call-with-values (lambda () (guard (e (#t (values 1 2))) (raise 1))) list) ; => (1 2)
(call-with-values (lambda () (eval '(values 1 2) (environment '(scheme base)))) list) ; => (1 2)
(call-with-values (lambda () (call-with-port (open-input-string "") (lambda (p) (values 1 2)))) list) ; => (1 2)
(define-values (v1 . v2) (values 1 2 3))
(list v1 v2)                            ; => (1 (2 3))
;; an escape procedure never returns to its caller
(let ((log '())) (call/cc (lambda (k) (k 1) (set! log '(returned)))) log) ; => ()
(call/cc call/cc 1)                     ; !! argument
(procedure? (call/cc call/cc))          ; => #t
(let ((r '())) (let ((k (call/cc (lambda (c) c)))) (set! r (cons 1 r)) (if (< (length r) 3) (k k) r))) ; => (1 1 1)
(dynamic-wind (lambda (x) x) (lambda () 1) (lambda () 2)) ; !! argument
(map (lambda (x y) x) '(1))             ; !! argument
(vector-map (lambda () 1) #(1))         ; !! argument
(string-map (lambda (c) (string c)) "ab") ; !! string-map
(string-for-each 5 "a")                 ; !! 5

;; 6.11: handlers
(call-with-current-continuation (lambda (k) (with-exception-handler (lambda (x) (k (list 'condition x))) (lambda () (+ 1 (raise 'an-error)))))) ; => (condition an-error)
(with-exception-handler (lambda (x) 'ignored) (lambda () (+ 1 (raise 'an-error)))) ; !! an-error
(with-exception-handler (lambda (con) (cond ((string? con) 42) (else 0))) (lambda () (+ (raise-continuable "should be a number") 23))) ; => 65
(call-with-values (lambda () (with-exception-handler (lambda (e) (values e 2)) (lambda () (raise-continuable 1)))) list) ; => (1 2)
;; the handler runs with the outer handler in place, and is in place again after it returned
(with-exception-handler (lambda (e) (list 'outer e))
  (lambda () (with-exception-handler (lambda (e) (list 'inner (raise-continuable e))) (lambda () (list (raise-continuable 1) (raise-continuable 2))))))
                                        ; => ((inner (outer 1)) (inner (outer 2)))
(with-exception-handler (lambda (e) (* 10 e))
  (lambda () (with-exception-handler (lambda (e) (+ 1 (raise-continuable e))) (lambda () (+ (raise-continuable 1) (raise-continuable 2)))))) ; => 32
;; the handler runs in the dynamic environment of raise
(parameterize ((p 'at-handler)) (with-exception-handler (lambda (e) (p)) (lambda () (parameterize ((p 'at-raise)) (raise-continuable 1))))) ; => at-raise
;; a handler that returns from raise: the secondary exception goes to the outer handler
(call/cc (lambda (k) (with-exception-handler (lambda (e) (k (list 'outer (error-object? e)))) (lambda () (with-exception-handler (lambda (e) 'returns) (lambda () (raise 'one))))))) ; => (outer #t)
(guard (e ((symbol? e) (list 'symbol e))) (raise 'x)) ; => (symbol x)
(guard (e ((string? e) e)) (guard (e2 ((number? e2) e2)) (raise "text"))) ; => "text"
(guard (e ((assq 'a e) => cdr) ((assq 'b e))) (raise (list (cons 'a 42)))) ; => 42
(guard (e ((assq 'a e) => cdr) ((assq 'b e))) (raise (list (cons 'b 23)))) ; => (b . 23)
;; guard: its clauses run outside of the body's extent; without a clause it is raised again inside
(let ((log '())) (define (note x) (set! log (cons x log)))
  (guard (e (#t (note 'clause))) (dynamic-wind (lambda () (note 'in)) (lambda () (raise 1)) (lambda () (note 'out))))
  (reverse log))                        ; => (in out clause)
(let ((log '())) (define (note x) (set! log (cons x log)))
  (guard (e (#t (note 'outer)))
    (guard (e ((begin (note 'test) #f) 1)) (dynamic-wind (lambda () (note 'in)) (lambda () (raise 1)) (lambda () (note 'out)))))
  (reverse log))                        ; => (in out test in out outer)
(with-exception-handler (lambda (e) (list e (p)))
  (lambda () (guard (e ((string? e) e)) (parameterize ((p 'body)) (list 'back (raise-continuable 1)))))) ; => (back (1 body))
(guard (e (#f 'never)) 'fine)           ; => fine
(guard (e (else (list 'else e))) (raise 1)) ; => (else 1)
(guard (e ((memq e '(a b)) => length) (else 'no)) (raise 'a)) ; => 2
(guard (e ((eq? e 'a))) (raise 'a))     ; => #t
(guard e (#t 1))                        ; !! guard
(guard ("e" (#t 1)) 1)                  ; !! guard
;; any object can be raised, any procedure of one argument handles
(map (lambda (x) (guard (e (#t e)) (raise x))) (list 1 "s" #f '() (vector 1) #\a)) ; => (1 "s" #f () #(1) #\a)
(guard (e (#t (e 5))) (raise (lambda (x) (* x x)))) ; => 25
;; error: message and irritants
(guard (e ((error-object? e) (list (error-object-message e) (error-object-irritants e)))) (error "message:" 1 "two" 'three '(4))) ; => ("message:" (1 "two" three (4)))
(guard (e ((error-object? e) (list (error-object-message e) (error-object-irritants e)))) (error "alone")) ; => ("alone" ())
(guard (e (#t (map (lambda (f) (f e)) (list error-object? read-error? file-error?)))) (error "x")) ; => (#t #f #f)
(guard (e (#t (map (lambda (f) (f e)) (list error-object? read-error? file-error?)))) (read (open-input-string "(1"))) ; => (#t #t #f)
(guard (e (#t (map (lambda (f) (f e)) (list error-object? read-error? file-error?)))) (open-input-file "no-such-file")) ; => (#t #f #t)
(guard (e (#t (map (lambda (f) (f e)) (list error-object? read-error? file-error?)))) (raise 'x)) ; => (#f #f #f)
(map (lambda (t) (guard (e ((read-error? e) 'read-error)) (read (open-input-string t)) 'read)) '("(1 2" ")" "#(" "\"abc" "#\\nonsense" "#<x>" "1 ." "(. 1)" "(1 . )" "(1 . 2 3)" "|a" "#|x" "#;" "#u8(256)" "#u8(a)" "'" " #!nonsense" "#0#" "\"\\q\"" "#d1x" "#")) ; => (read-error read-error read-error read-error read-error read-error read read-error read-error read-error read-error read-error read-error read-error read-error read-error read-error read-error read-error read-error read-error)
(with-exception-handler 5 (lambda () 1)) ; !! with-exception-handler
(with-exception-handler (lambda (e) 1) 5) ; !! with-exception-handler
(with-exception-handler (lambda (e) e)) ; !! argument
(error)                                 ; !! argument
(error-object-message 5)                ; !! error-object-message
(error-object-irritants "x")            ; !! error-object-irritants
(raise)                                 ; !! argument
;; what the system raises can be handled and continued from outside
(guard (e ((error-object? e) 'caught)) (vector-ref (vector 1) 1)) ; => caught
(guard (e ((error-object? e) 'caught)) (undefined-variable)) ; => caught
(guard (e ((error-object? e) 'caught)) (5 5)) ; => caught
(guard (e ((error-object? e) 'caught)) ((lambda (x) x))) ; => caught
(with-exception-handler (lambda (e) 10) (lambda () (+ 1 (car 5)))) ; !! car

;; 6.12
(eval '(* 7 3) (environment '(scheme base))) ; => 21
(let ((f (eval '(lambda (f x) (f x x)) (null-environment 5)))) (f + 10)) ; => 20
(eval '(define foo 32) (environment '(scheme base))) ; !! define
(eval '(if #t 1 2) (null-environment 5)) ; => 1
(eval 'car (null-environment 5))        ; !! car
(eval '(car '(1)) (scheme-report-environment 5)) ; => 1
(eval '(let-values (((a) 1)) a) (scheme-report-environment 5)) ; !!
(null-environment 4)                    ; !! null-environment
(scheme-report-environment 6)           ; !! scheme-report-environment
(eval '(begin (define ev-x 5) (define (ev-f) (* ev-x 2)) (ev-f)) (interaction-environment)) ; => 10
(eval 'ev-x (interaction-environment))  ; => 5
(eval '(set! ev-x 6) (interaction-environment))
(eval '(ev-f) (interaction-environment)) ; => 12
(eval '(define-syntax ev-m (syntax-rules () ((_ x) (list x x)))) (interaction-environment))
(eval '(ev-m 3) (interaction-environment)) ; => (3 3)
(eval '(x y) (environment '(rename (prefix (only (scheme base) list quote) b:) (b:list x)))) ; !! y
(eval '(my:list 1 2) (environment '(prefix (only (scheme base) list) my:))) ; => (1 2)
(eval '(list 1) (environment '(except (scheme base) list))) ; !! list
(eval ''sym (environment '(scheme base))) ; => sym
(eval '(quote #0=(a . #0#)) (environment '(scheme base))) ; => #0=(a . #0#)
(eval 1)                                ; !! argument
(environment "x")                       ; !!
(environment '(only (scheme base) no-such-name)) ; !! no-such-name
(let ((e (environment '(scheme base)))) (eval '(let ((x 1)) (define (f) x) (set! x 2) (f)) e)) ; => 2
