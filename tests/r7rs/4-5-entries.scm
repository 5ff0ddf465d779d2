;; Sections 4 and 5: what the syntax of the report does not allow, and what is at its edges.
(import (scheme base) (scheme case-lambda) (scheme eval) (scheme lazy) (scheme write))
(define env (environment '(scheme base) '(scheme case-lambda) '(scheme lazy)))
(define (ev datum) (eval datum env))
(ev '(let ((x 1) (x 2)) x))             ; !! let: duplicate name x
(ev '(let* ((x 1) (x 2)) x))            ; => 2
(ev '(letrec ((x 1) (x 2)) x))          ; !! letrec: duplicate name x
(ev '(letrec* ((x 1) (x 2)) x))         ; !! letrec*: duplicate name x
(ev '(let-values (((a b) (values 1 2)) ((a) (values 3))) a)) ; !! let-values: duplicate parameter a
(ev '(let*-values (((a a) (values 1 2))) a)) ; !! let*-values: duplicate parameter a
(ev '(let-values (((a . a) (values 1 2))) a)) ; !! let-values: duplicate parameter a
(ev '(do ((i 0 1) (i 1 2)) (#t i)))     ; !! do: duplicate name i
(ev '(case 1 ((1 1) 2)))                ; !! case: named twice among the data: 1
(ev '(case 1 ((1) 2) ((1) 3)))          ; !! case: named twice among the data: 1
(ev '(case 1 (else 2) ((1) 1)))         ; !! case: the else clause must be the last one
(ev '(cond (else 1) (2 3)))             ; !! cond: the else clause must be the last one
(ev '(cond))                            ; !! cond: expected at least 1 operand, got 0
(ev '(case 1))                          ; !! case: expected at least 2 operands, got 1
(ev '(case))                            ; !! case: expected at least 2 operands, got 0
(ev '(let ()))                          ; !! let: expected at least 2 operands, got 1
(ev '(let ((x)) x))                     ; !! let: expected a binding (name value), got
(ev '(let ((x 1 2)) x))                 ; !! let: expected a binding (name value), got
(ev '(let loop))                        ; !! let: expected at least 2 operands, got 1
(ev '(lambda (x)))                      ; !! lambda: expected at least 2 operands, got 1
(ev '(let () (define x 1)))             ; !! let: the body ends without an expression
(ev '(let () (begin)))                  ; !! let: the body is empty
(ev '(let-syntax ((a (syntax-rules ())) (a (syntax-rules ()))) 1)) ; !! let-syntax: duplicate keyword a
(ev '(syntax-rules ()))                 ; !! syntax-rules used outside define-syntax, let-syntax or letrec-syntax
(ev '(let-syntax ((a 5)) 1))            ; !! let-syntax: expected (syntax-rules ...), got 5
(ev '(let-syntax ((a (syntax-rules (1)))) 1)) ; !! syntax-rules: a literal must be a name, got 1
(ev '(let-syntax ((a (syntax-rules () (b)))) 1)) ; !! syntax-rules: expected a rule ((keyword pattern ...) template), got
(ev '(let-syntax ((a (syntax-rules () ((_ x x) 1)))) (a 1 2))) ; !! syntax-rules: a pattern variable stands twice in a pattern: x
(ev '(let-syntax ((a (syntax-rules () ((_ x ...) x)))) (a 1 2))) ; !! syntax-rules: in a template, an ellipsis must follow x
(ev '(let-syntax ((a (syntax-rules () ((_ x) (x ...))))) (a 1))) ; !! syntax-rules: an ellipsis in a template has nothing to repeat
(ev '(let-syntax ((a (syntax-rules () ((_ x ... y ...) 1)))) (a 1))) ; !! syntax-rules: two ellipses in one list of a pattern
(ev '(let-syntax ((a (syntax-rules () ((_) 1)))) (a 1))) ; !! no rule of this macro matches:
(ev '(let-syntax ((a (syntax-rules () ((_) 1)))) a)) ; !! a keyword is not a variable: a
(ev '(let-syntax ((a (syntax-rules () (5 1)))) (a))) ; !! syntax-rules: expected a rule ((keyword pattern ...) template), got
(ev '(let-syntax ((a (syntax-rules () ((_ ...) 1)))) (a))) ; !! syntax-rules: misplaced in a pattern: ...
(ev '(let-syntax ((a (syntax-rules ... () ((_ ...) 1)))) (a 5))) ; !! syntax-rules: misplaced in a pattern: ...
(ev '(let-syntax ((a (syntax-rules () ((_ (x ...) ...) '(x ... ...))))) (a (1 2) (3)))) ; => (1 2 3)
(ev '(let-syntax ((a (syntax-rules () ((_ (x ...) ...) '((x ...) ...))))) (a (1 2) (3)))) ; => ((1 2) (3))
(ev '(let-syntax ((a (syntax-rules () ((_ x ... y z) '(z y x ...))))) (a 1 2 3 4))) ; => (4 3 1 2)
(ev '(let-syntax ((a (syntax-rules () ((_ x ... y . z) '(z y x ...))))) (a 1 2 3 . 4))) ; => (4 3 1 2)
(ev '(let-syntax ((a (syntax-rules () ((_ #(x ... y)) '(y x ...))))) (a #(1 2 3)))) ; => (3 1 2)
(ev '(let-syntax ((a (syntax-rules () ((_ x) (... '(x ...)))))) (a 1))) ; => (1 ...)
(ev '(let-syntax ((a (syntax-rules () ((_ . x) '(... ...))))) (a 1))) ; => ...
(ev '(let-syntax ((a (syntax-rules (_) ((x _) 'under) ((x y) 'other)))) (list (a _) (a 1)))) ; => (under other)
(ev '(let-syntax ((a (syntax-rules (...) ((x ...) 'dots) ((x y) 'other)))) (list (a ...) (a 1)))) ; => (dots other)
(ev '(let-syntax ((a (syntax-rules () ((_ "s" 1 #\a #t x) 'yes) ((_ . x) 'no)))) (list (a "s" 1 #\a #t 5) (a "t" 1 #\a #t 5)))) ; => (yes no)
(ev '(define-record-type p (mk x y) p? (x px))) ; !! define-record-type: this environment is immutable; it cannot define p
(ev '(let () (define-record-type p (mk x) p? (x px) (x px2)) 1)) ; !! define-record-type: duplicate field x
(ev '(let () (define-record-type p (mk z) p? (x px)) 1)) ; !! define-record-type: not a field, but in the constructor: z
(ev '(let () (define-record-type p (mk) p? (x px)) (px (mk)))) ; => #f
(ev '(let () (define-record-type p (mk x x) p? (x px)) 1)) ; !! define-record-type: the constructor sets a field twice: x
(ev '(let () (define-record-type p (mk x) p? (x px)) (px 5))) ; !! px: expected a p, got 5
(ev '(let () (define x 1) (define x 2) x)) ; !! define: defined twice in one body: x
(ev '(let () (define-values (a a) (values 1 2)) a)) ; !! define-values: duplicate parameter a
(ev '(let () (define-values (a b) (values 1)) a)) ; !! wrong number of values: expected 2, got 1; they go to (lambda (a b))
(ev '(let () (define-values (a b) 1) a)) ; !! wrong number of values: expected 2, got 1; they go to (lambda (a b))
(ev '(let () (define (f . x) x) (f)))   ; => ()
(ev '(let () (define ((f a) b) (+ a b)) ((f 1) 2))) ; !! define: expected a name, got
(ev '(let () (define) 1))               ; !! define: expected at least 2 operands, got 0
(ev '(let () (define x) 1))             ; !! define: expected at least 2 operands, got 1
(ev '(let () (define x 1 2) 1))         ; !! define: expected 2 operands, got 3
(ev '(let () (define 5 1) 1))           ; !! define: expected a name, got 5
(ev '(let () (define (5) 1) 1))         ; !! define: expected a name, got 5
(ev '(parameterize ((5 1)) 2))          ; !! parameterize: expected a parameter as argument 1, got 5
(ev '(parameterize ((car 1)) 2))        ; !! parameterize: expected a parameter as argument 1, got #<procedure
(ev '(parameterize (((make-parameter 1) 2 3)) 2)) ; !! no rule of this macro matches:
(ev '(parameterize () 2))               ; => 2
(ev '(let ((p (make-parameter 1))) (p 2))) ; !! parameter: expected 0 arguments, got 1
(ev '(delay))                           ; !! delay: expected 1 operand, got 0
(ev '(delay 1 2))                       ; !! delay: expected 1 operand, got 2
(ev '(force 5))                         ; => 5
(promise? (ev '(make-promise (delay 1)))) ; => #t
(promise? (ev '(delay-force 1)))        ; => #t
(ev '(force (delay-force 1)))           ; !! delay-force: expected an expression that returns a promise as argument 1, got 1
(ev '(force (make-promise 5)))          ; => 5
(ev '(promise? 5))                      ; => #f
(procedure? (ev '(case-lambda)))        ; => #t
(ev '((case-lambda)))                   ; !! anonymous procedure: it has no clauses, so every number of arguments is wrong
(ev '((case-lambda ((a) 1)) 1 2))       ; !! anonymous procedure: expected 1 argument, got 2; it is (lambda (a))
(ev '(case-lambda (5 1)))               ; !! case-lambda: expected a parameter name, got 5
(ev '(case-lambda (a)))                 ; !! case-lambda: expected a clause (formals body ...), got
(ev '((case-lambda (a a) ((b) b)) 1))   ; => (1)
(ev '`(1 ,@2))                          ; => (1 . 2)
(ev '`(1 ,@2 3))                        ; !! append: expected a proper list as argument 2, got 2
(ev '`#(1 ,@'(2 3)))                    ; => #(1 2 3)
(ev '`,@(list 1 2))                     ; !! unquote-splicing: not allowed here, only in a list
(ev '`(1 . ,@(list 2)))                 ; !! unquote-splicing: not allowed here, only in a list
(ev '`(unquote))                        ; !! quasiquote: misplaced in the template: unquote
(ev '`(unquote 1 2))                    ; !! quasiquote: misplaced in the template: unquote
(ev '`(1 unquote 2))                    ; => (1 . 2)
(ev '`(1 . (unquote 2)))                ; => (1 . 2)
(ev '`(quasiquote (unquote (unquote (+ 1 2))))) ; => `,3
(ev '(unquote 1))                       ; !! unquote used outside quasiquote
(ev '(unquote-splicing 1))              ; !! unquote-splicing used outside quasiquote
(ev '`#((unquote-splicing (list 1 2)))) ; => #(1 2)
(ev '(when))                            ; !! when: expected at least 2 operands, got 0
(ev '(when 1))                          ; !! when: expected at least 2 operands, got 1
(ev '(unless 1))                        ; !! unless: expected at least 2 operands, got 1
(ev '(if 1 2 3 4))                      ; !! if: expected 2 or 3 operands, got 4
(ev '(and . 1))                         ; !! and: the form is not a proper list
(ev '(or 1 . 2))                        ; !! or: the form is not a proper list
(ev '(cond (1 =>)))                     ; !! cond: expected one procedure after =>, in
(ev '(cond (1 => 2 3)))                 ; !! cond: expected one procedure after =>, in
(ev '(cond (1 => 5)))                   ; !! not a procedure: 5
(ev '(case 1 ((1) => 5)))               ; !! not a procedure: 5
(ev '(case 1 (else =>)))                ; !! case: expected one procedure after =>, in
(ev '(case 1 ((1) =>)))                 ; !! case: expected one procedure after =>, in
(ev '(cond ((values) 1)))               ; => 1
(ev '(cond-expand (foo 1) (else 2)))    ; => 2
(ev '(cond-expand ((not foo) 3)))       ; => 3
(ev '(cond-expand ((and) 3)))           ; => 3
(ev '(cond-expand ((or) 3) (else 4)))   ; => 4
(ev '(cond-expand ((library (scheme base)) 5))) ; => 5
(ev '(cond-expand (5 1)))               ; !! cond-expand: expected a feature, (library name), (and ...), (or ...) or (not ...), got 5
(ev '(cond-expand ((not a b) 1)))       ; !! cond-expand: expected a feature, (library name), (and ...), (or ...) or (not ...), got
(ev '(cond-expand ((frob a) 1)))        ; !! cond-expand: expected a feature, (library name), (and ...), (or ...) or (not ...), got
(ev '(cond-expand (else 1) (r7rs 2)))   ; => 1
(ev '(guard (e) 1))                     ; => 1
(guard (e (#t e)) (ev '(guard (e) (raise 'x)))) ; => x
(guard (e (#t e)) (ev '(guard (e (#f 1)) (raise-continuable 1)))) ; => 1
(ev '(guard))                           ; !! guard: expected (guard (variable clause ...) body ...)
(ev '(guard (e (#t 1))))                ; !! guard: expected (guard (variable clause ...) body ...)
(ev '(define-syntax a))                 ; !! define-syntax: expected 2 operands, got 1
(ev '(let () (define-syntax a 5) 1))    ; !! define-syntax: expected (syntax-rules ...), got 5
(ev '(let () (define-syntax 5 (syntax-rules ())) 1)) ; !! define-syntax: expected a name, got 5
(ev '(syntax-error "msg" 1 2))          ; !! msg 1
(ev '(let-syntax ((a (syntax-rules () ((_) (syntax-error "bad" x))))) (a))) ; !! bad x
(ev '(syntax-error))                    ; !! syntax-error: expected at least 1 operand, got 0
(ev '(syntax-error 5))                  ; !! syntax-error: expected a string, got 5
(ev '(do ((i 0)) (#t i)))               ; => 0
(ev '(do ((i 0 1 2)) (#t i)))           ; !! do: expected a binding (name value step), got
(ev '(do ()))                           ; !! do: expected at least 2 operands, got 1
(ev '(do 5 (#t 1)))                     ; !! do: expected a list of bindings (name value step), got 5
(ev '(let x ((y 1)) y))                 ; => 1
(ev '(let 5 () 1))                      ; !! let: expected a list of bindings (name value), got 5
(ev '(let ((5 1)) 1))                   ; !! let: expected a binding (name value), got
(ev '(letrec ((a b) (b 1)) a))          ; !! variable used before its definition: b
(ev '(letrec* ((a 1) (b (+ a 1))) b))   ; => 2
(ev '(import (scheme base)))            ; !! import: this environment is immutable; it cannot import *
(ev '(let () (import (scheme base)) 1)) ; !! import: not allowed here, only at top level
(ev '(let () (define-library (x)) 1))   ; !! define-library: not allowed here, only at top level
(ev '(include "nope.scm"))              ; !! include: cannot read the file nope.scm
(ev '(if (define x 1) 2))               ; !! define: not allowed here, among expressions
(ev '(list (define x 1)))               ; !! define: not allowed here, among expressions
(ev '(list (begin)))                    ; !! begin: expected at least 1 operand, got 0
(ev '(vector . (1 2)))                  ; => #(1 2)
(ev '(let ((=> 1)) (cond (#t => 5))))   ; => 5
(ev '(let ((if list)) (if 1 2 3)))      ; => (1 2 3)
(ev '(let ((... 1)) (let-syntax ((a (syntax-rules () ((_ x ...) 'no)))) (a 1 2)))) ; => no
