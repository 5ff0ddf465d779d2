;; Section 4.3: macros.
(import (scheme base) (scheme write))

;; 4.3.1 Binding constructs
(let ((x 'outer))
  (let-syntax ((given-that (syntax-rules () ((_ test stmt1 stmt2 ...) (if test (begin stmt1 stmt2 ...))))))
    (let ((if #t)) (given-that if (set! if 'now)) if))) ; => now
(list (let ((x 'outer)) (let-syntax ((m (syntax-rules () ((m) x)))) (let ((x 'inner)) (m))))) ; => (outer)
(list (letrec-syntax
  ((my-or (syntax-rules ()
            ((my-or) #f)
            ((my-or e) e)
            ((my-or e1 e2 ...) (let ((temp e1)) (if temp temp (my-or e2 ...)))))))
  (let ((x #f) (y 7) (temp 8) (let odd?) (if even?)) (my-or x (let temp) (if y) y)))) ; => (7)
(list (letrec-syntax ((ev? (syntax-rules () ((_) #t) ((_ x . r) (od? . r))))
                      (od? (syntax-rules () ((_) #f) ((_ x . r) (ev? . r)))))
        (list (ev? 1 2) (od? 1 2))))    ; => ((#t #f))
(list (let-syntax () 5))                ; => (5)
(list (let ((x 1)) (let-syntax ((foo (syntax-rules () ((_ y) (let-syntax ((bar (syntax-rules () ((_) (let ((x 2)) y))))) (bar)))))) (foo x)))) ; => (1)

;; 4.3.2 Patterns
(define-syntax be-like-begin
  (syntax-rules () ((be-like-begin name) (define-syntax name (syntax-rules () ((name expr (... ...)) (begin expr (... ...))))))))
(be-like-begin sequence)
(sequence 1 2 3 4)                      ; => 4
(let ((=> #f)) (cond (#t => 'ok)))      ; => ok
(define-syntax simple-let
  (syntax-rules ()
    ((_ (head ... ((x . y) val) . tail) body1 body2 ...) (syntax-error "expected an identifier but got" (x . y)))
    ((_ ((name val) ...) body1 body2 ...) ((lambda (name ...) body1 body2 ...) val ...))))
(simple-let ((a 1) (b 2)) (+ a b))      ; => 3
(simple-let ((a 1) ((b . c) 2)) a)      ; !! expected an identifier but got
(define-syntax tail-pattern (syntax-rules () ((_ a ... b c) '((a ...) b c))))
(tail-pattern 1 2)                      ; => (() 1 2)
(tail-pattern 1 2 3 4)                  ; => ((1 2) 3 4)
(tail-pattern 1)                        ; !! tail-pattern
(define-syntax dotted-tail (syntax-rules () ((_ a ... b . c) '((a ...) b c))))
(dotted-tail 1 2 3 . 4)                 ; => ((1 2) 3 4)
(dotted-tail 1)                         ; => (() 1 ())
(define-syntax vectors (syntax-rules () ((_ #(a b ... c)) '(a (b ...) c)) ((_ #()) 'empty)))
(vectors #(1 2 3 4))                    ; => (1 (2 3) 4)
(vectors #())                           ; => empty
(define-syntax vector-template (syntax-rules () ((_ a ...) '#(start a ... end))))
(vector-template 1 2)                   ; => #(start 1 2 end)
(define-syntax nested (syntax-rules () ((_ (a b ...) ...) '((b ... a) ...))))
(nested (1 2 3) (4) (5 6))              ; => ((2 3 1) (4) (6 5))
(define-syntax flat (syntax-rules () ((_ (a ...) ...) '(a ... ...))))
(flat (1 2) () (3))                     ; => (1 2 3)
(define-syntax distribute (syntax-rules () ((_ x (a ...)) '((x a) ...))))
(distribute 0 (1 2 3))                  ; => ((0 1) (0 2) (0 3))
(define-syntax deep (syntax-rules () ((_ ((a (b ...)) ...)) '((a ...) (b ... ...) ((b ...) ...)))))
(deep ((1 (2 3)) (4 ()) (5 (6))))       ; => ((1 4 5) (2 3 6) ((2 3) () (6)))
(define-syntax underscore (syntax-rules () ((_ _ x _) 'x)))
(underscore 1 2 3)                      ; => 2
(define-syntax my-ellipsis (syntax-rules ::: () ((_ a :::) '(a ::: ...))))
(my-ellipsis 1 2)                       ; => (1 2 ...)
(define-syntax ellipsis-literal (syntax-rules (...) ((_ ...) 'dots) ((_ x) 'other)))
(list (ellipsis-literal ...) (ellipsis-literal 1)) ; => (dots other)
(define-syntax underscore-literal (syntax-rules (_) ((x _) 'under) ((x y) 'other)))
(list (underscore-literal _) (underscore-literal 1)) ; => (under other)
(define-syntax escape (syntax-rules () ((_ a) '(a (... ...)))))
(escape 1)                              ; => (1 ...)
(define-syntax escape-list (syntax-rules () ((_ a) '(... (a ...)))))
(escape-list 1)                         ; => (1 ...)
(define-syntax literal-data (syntax-rules () ((_ 1) 'one) ((_ "s") 'string) ((_ #\c) 'char) ((_ #t) 'true) ((_ 1.5) 'float)
                              ((_ #u8(1)) 'bytes) ((_ ()) 'null) ((_ x) 'other)))
(list (literal-data 1) (literal-data "s") (literal-data #\c) (literal-data #t) (literal-data 1.5) (literal-data #u8(1)) (literal-data ()) (literal-data 2))
                                        ; => (one string char true float bytes null other)
(define-syntax with-literal (syntax-rules (to) ((_ a to b) '(a b)) ((_ a b c) 'no)))
(with-literal 1 to 2)                   ; => (1 2)
(with-literal 1 2 3)                    ; => no
(let ((to 5)) (with-literal 1 to 2))    ; => no
(define-syntax improper (syntax-rules () ((_ . x) 'x)))
(improper 1 2 . 3)                      ; => (1 2 . 3)
(improper)                              ; => ()
(define-syntax first-only (syntax-rules () ((first-only) 0)))
(first-only 1)                          ; !! first-only
(first-only . 1)                        ; !! first-only
(define-syntax constant (syntax-rules () ((_) 5)))
(+ (constant) 1)                        ; => 6

;; Hygiene
(define-syntax swap! (syntax-rules () ((_ a b) (let ((tmp a)) (set! a b) (set! b tmp)))))
(let ((tmp 1) (other 2)) (swap! tmp other) (list tmp other)) ; => (2 1)
(define-syntax my-if (syntax-rules () ((_ c a b) (cond (c a) (else b)))))
(let ((else #f)) (my-if #f 1 2))        ; => 2
(let ((if list) (cond list)) (my-if #t 1 2)) ; => 1
(define-syntax while
  (syntax-rules () ((_ c body ...) (let loop () (when c body ... (loop))))))
(let ((i 0) (loop 10)) (while (< i 3) (set! i (+ i 1)) (set! loop (+ loop i))) (list i loop)) ; => (3 16)
(define-syntax define-getter (syntax-rules () ((_ name value) (begin (define hidden value) (define (name) hidden)))))
(let () (define-getter get-a 1) (define-getter get-b 2) (list (get-a) (get-b))) ; => (1 2)
(let ((hidden 0)) (define-getter get-a 1) (list hidden (get-a))) ; => (0 1)
(define-syntax my-let (syntax-rules () ((_ ((n v) ...) . body) ((lambda (n ...) . body) v ...))))
(let ((lambda list)) (my-let ((a 1)) (+ a 1))) ; => 2
(define-syntax kw (syntax-rules () ((_ e) (let ((x 1)) (+ e x)))))
(let ((x 10)) (kw x))                   ; => 11
(define-syntax binder (syntax-rules () ((_ name e) (let ((name 1)) e))))
(binder z (+ z 1))                      ; => 2
(define-syntax make-adder (syntax-rules () ((_ (n ...)) (lambda (n ... x) (list n ... x)))))
((make-adder (x)) 1 2)                  ; => (1 2)
(define-syntax quoted-name (syntax-rules () ((_) (let ((a 1)) 'a))))
(quoted-name)                           ; => a
(define-syntax count-to
  (syntax-rules () ((_ n v body ...) (do ((v 0 (+ v 1)) (result '() (cons (begin body ...) result))) ((= v n) result)))))
(let ((result 5)) (count-to 3 i (+ i result))) ; => (7 6 5)
;; A macro that a macro defines, using a variable of the outer one
(define-syntax def-macro (syntax-rules () ((_ name value) (define-syntax name (syntax-rules () ((_ x) (list x value)))))))
(def-macro with-five 5)
(with-five 4)                           ; => (4 5)
(let () (def-macro inner 'v) (inner 1)) ; => (1 v)
;; Continuation-passing macros
(define-syntax rev (syntax-rules () ((_ () acc) 'acc) ((_ (x . r) (a ...)) (rev r (x a ...)))))
(rev (1 2 3) ())                        ; => (3 2 1)
;; Internal definitions from macros, with shadowed keywords
(let () (define-syntax foo (syntax-rules () ((_ x) (define x 1)))) (foo y) (+ y 1)) ; => 2
(let ((x 1)) (define-syntax m (syntax-rules () ((_) x))) (let ((x 2)) (m))) ; => 1
(let () (define-syntax m (syntax-rules () ((_) y))) (define y 3) (m)) ; => 3
(let ((when 5)) when)                   ; => 5
(let ((if (lambda (a b c) (list a b c)))) (if 1 2 3)) ; => (1 2 3)
(let ((quote -)) '5)                    ; => -5
(let ((define list)) (define 1 2))      ; => (1 2)
(define (f define) (define 5))
(f -)                                   ; => -5
(let-syntax ((foo (syntax-rules () ((_ x) (set! x 5))))) (define let-syntax-body 1))
let-syntax-body                         ; => 1

;; Templates at depth
(define-syntax let-pairs (syntax-rules () ((_ ((n v) ...) (b ...) ...) (let ((n v) ...) (list (+ b ...) ...)))))
(let-pairs ((a 1) (b 2)) (a b) (a a a)) ; => (3 3)
(define-syntax opt (syntax-rules () ((_ (a b ...) ...) '(((a b) ...) ...))))
(opt (1 2 3) (4 5))                     ; => (((1 2) (1 3)) ((4 5)))

;; Errors
(let-syntax ((m (syntax-rules () ((_ a ...) '(a))))) (m 1)) ; !! a
(let-syntax ((m (syntax-rules () ((_ a) '(a ...))))) (m 1)) ; !! a
(let-syntax ((m (syntax-rules () ((_ a a) 1)))) (m 1 2)) ; !! a
(let-syntax ((m (syntax-rules () ((_ a ... b ...) 1)))) (m 1 2)) ; !!
(let-syntax ((m 5)) (m))                ; !!
(let-syntax ((m (syntax-rules () ((_ (a ...) (b ...)) '((a b) ...))))) (m (1 2) (3))) ; !!

;; 4.3.3 Signalling errors
(syntax-error "a message" 'x (1 2))     ; !! a message
(let () (syntax-error "inside"))        ; !! inside
