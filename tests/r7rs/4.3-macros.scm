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

;; 4.3.1: scope of let-syntax and letrec-syntax
(list (let-syntax ((a (syntax-rules () ((_) 1))) (b (syntax-rules () ((_) 2)))) (list (a) (b)))) ; => ((1 2))
(list (let-syntax ((a (syntax-rules () ((_) 'outer)))) (let-syntax ((a (syntax-rules () ((_) 'inner))) (b (syntax-rules () ((_) (a))))) (list (a) (b))))) ; => ((inner outer))
(list (let-syntax ((a (syntax-rules () ((_) 'outer)))) (letrec-syntax ((a (syntax-rules () ((_) 'inner))) (b (syntax-rules () ((_) (a))))) (list (a) (b))))) ; => ((inner inner))
(list (let ((a 1)) (let-syntax ((m (syntax-rules () ((_ b) (list a b))))) (let ((a 2)) (m a))))) ; => ((1 2))
(list (let-syntax ((m (syntax-rules () ((_ x ...) (list x ...))))) (define a 1) (m a a))) ; => ((1 1))
(list (letrec-syntax () 5))             ; => (5)
(list (let-syntax ((m (syntax-rules () ((_) 1) ((_ x) 2)))) (+ (m) (m 0)))) ; => (3)
(let-syntax ((a)) 1)                    ; !! let-syntax
(let-syntax ((1 (syntax-rules ()))) 1)  ; !! let-syntax
(let-syntax ((a (syntax-rules ()) b)) 1) ; !! let-syntax
(let-syntax a 1)                        ; !! let-syntax
(let-syntax ((a car)) 1)                ; !!
(let ((m 1)) (let-syntax ((m (syntax-rules () ((_) 2)))) m)) ; !! m
(list (let ((m 1)) (let-syntax ((m (syntax-rules () ((_) 2)))) (let ((m 3)) m)))) ; => (3)

;; 4.3.2: the shape of syntax-rules
(let () (define-syntax m (syntax-rules)) 1) ; !! syntax-rules
(let () (define-syntax m (syntax-rules x)) 1) ; !! syntax-rules
(let () (define-syntax m (syntax-rules () (_))) 1) ; !! syntax-rules
(let () (define-syntax m (syntax-rules () (_ 1 2))) 1) ; !! syntax-rules
(let () (define-syntax m (syntax-rules () ((_) 1 2))) 1) ; !! syntax-rules
(let () (define-syntax m (syntax-rules (1) ((_) 1))) 1) ; !! syntax-rules
(let () (define-syntax m (syntax-rules () (5 1))) 1) ; !! syntax-rules
(let () (define-syntax m (syntax-rules () ((_ (a b) b) 1))) 1) ; !! b
(let () (define-syntax m (syntax-rules () ((_ #(a a)) 1))) 1) ; !! a
(let () (define-syntax m (syntax-rules () ((_ a . a) 1))) 1) ; !! a
(let () (define-syntax m (syntax-rules () ((_ ... a) 1))) 1) ; !! ...
(let () (define-syntax m (syntax-rules () ((_ (a ... ...)) 1))) 1) ; !! ...
(let () (define-syntax m (syntax-rules () ((_ (a ...)) (a)))) (m (1))) ; !! a
(let () (define-syntax m (syntax-rules () ((_ a) (a ... ...)))) (m 1)) ; !!
(let () (define-syntax m (syntax-rules () ((_ (a ...)) '(a ... ...)))) (m (1))) ; !! a
(define-syntax)                         ; !! define-syntax
(define-syntax x)                       ; !! define-syntax
(define-syntax 5 (syntax-rules ()))     ; !! define-syntax
(define-syntax no-transformer 5)        ; !!
(let () (define-syntax m (syntax-rules ())) (m)) ; !! m
;; _ matches everything and binds nothing
(define-syntax third-of (syntax-rules () ((_ _ _ x . _) 'x)))
(third-of 1 2 3)                        ; => 3
(third-of 1 2 3 4 5 . 6)                ; => 3
(define-syntax under (syntax-rules () ((_ x) '(x _))))
(under 1)                               ; => (1 _)
(define-syntax under-ellipsis (syntax-rules () ((_ _ ... x) 'x)))
(under-ellipsis 1 2 3)                  ; => 3
;; The keyword at the head of a pattern is not looked at
(define-syntax any-head (syntax-rules () ((foo x) '(foo x))))
(any-head 1)                            ; => (foo 1)
;; Data in patterns are compared by equal?
(define-syntax datum (syntax-rules () ((_ #(1 "a")) 'vector) ((_ (1 . 2)) 'pair) ((_ -1.5) 'float) ((_ #\newline) 'char) ((_ #f) 'false) ((_ #u8(1 2)) 'bytes) ((_ 1/2) 'half) ((_ _) 'other)))
(list (datum #(1 "a")) (datum (1 . 2)) (datum -1.5) (datum #\newline) (datum #f) (datum #u8(1 2)) (datum 2/4) (datum #t) (datum 1)) ; => (vector pair float char false bytes half other other)
;; Ellipses: none, before fixed elements, before a dotted tail, nested, in vectors
(define-syntax tail3 (syntax-rules () ((_ a b ... c d) '(a (b ...) c d))))
(list (tail3 1 2 3) (tail3 1 2 3 4) (tail3 1 2 3 4 5)) ; => ((1 () 2 3) (1 (2) 3 4) (1 (2 3) 4 5))
(tail3 1 2)                             ; !! tail3
(define-syntax dot-tail (syntax-rules () ((_ (a ... . b)) '((a ...) b))))
(list (dot-tail ()) (dot-tail (1)) (dot-tail (1 2 . 3)) (dot-tail 4)) ; => ((() ()) ((1) ()) ((1 2) 3) (() 4))
(define-syntax dot-tail2 (syntax-rules () ((_ a ... b c . d) '((a ...) b c d))))
(list (dot-tail2 1 2) (dot-tail2 1 2 3) (dot-tail2 1 2 3 4 . 5)) ; => ((() 1 2 ()) ((1) 2 3 ()) ((1 2) 3 4 5))
(define-syntax vec (syntax-rules () ((_ #(a ... b)) '(b a ...)) ((_ #()) 'none) ((_ x) 'no)))
(list (vec #(1)) (vec #(1 2 3)) (vec #()) (vec (1 2))) ; => ((1) (3 1 2) none no)
(define-syntax vec-nested (syntax-rules () ((_ #((a b ...) ...)) '#(#(b ... a) ...))))
(vec-nested #((1 2 3) (4)))             ; => #(#(2 3 1) #(4))
(define-syntax vec-tail (syntax-rules () ((_ #(a b ... c d)) '#(d c b ... a))))
(vec-tail #(1 2 3 4 5))                 ; => #(5 4 2 3 1)
(define-syntax three-deep (syntax-rules () ((_ (((a ...) ...) ...)) '((a ... ... ...) ((a ... ...) ...) (((a ...) ...) ...)))))
(three-deep (((1 2) (3)) () ((4))))     ; => ((1 2 3 4) ((1 2 3) () (4)) (((1 2) (3)) () ((4))))
(define-syntax mixed (syntax-rules () ((_ (a b ...) ... z) '((z a b ...) ...))))
(mixed (1 2 3) (4) 0)                   ; => ((0 1 2 3) (0 4))
(define-syntax pairwise (syntax-rules () ((_ (a ...) (b ...)) '((a . b) ...))))
(pairwise (1 2) (3 4))                  ; => ((1 . 3) (2 . 4))
(pairwise (1 2) (3))                    ; !!
(define-syntax outer-in-inner (syntax-rules () ((_ (a ...) (b ...) ...) '((a b ...) ...))))
(outer-in-inner (1 2) (3 4) (5))        ; => ((1 3 4) (2 5))
(define-syntax repeat-constant (syntax-rules () ((_ x y ...) '((x y x) ...))))
(repeat-constant 0 1 2)                 ; => ((0 1 0) (0 2 0))
(define-syntax ellipsis-tail (syntax-rules () ((_ a ...) '(a ... . end))))
(list (ellipsis-tail) (ellipsis-tail 1 2)) ; => (end (1 2 . end))
(define-syntax literal-after (syntax-rules (=>) ((_ a ... => b) '((a ...) b))))
(literal-after 1 2 => 3)                ; => ((1 2) 3)
(literal-after 1 2 3)                   ; !! literal-after
;; Escapes and other ellipses
(define-syntax esc (syntax-rules () ((_ a) '((... ...) (... (a ...)) (... (... a)) a))))
(esc 1)                                 ; => (... (1 ...) (... 1) 1)
(define-syntax esc-vector (syntax-rules () ((_ a) '(... #(a ...)))))
(esc-vector 1)                          ; => #(1 ...)
(define-syntax custom (syntax-rules *** () ((_ (a b ***) ***) '((b *** a) *** ...))))
(custom (1 2 3) (4))                    ; => ((2 3 1) (4) ...)
(define-syntax custom-literal (syntax-rules *** (***) ((_ ***) 'literal) ((_ a) 'no)))
(list (custom-literal ***) (custom-literal 1)) ; => (literal no)
(define-syntax custom-escape (syntax-rules *** () ((_ b a ***) '((*** ***) a *** (*** (b ***))))))
(custom-escape 0 1 2)                   ; => (*** 1 2 (0 ***))
(define-syntax dots-as-variable (syntax-rules *** () ((_ ... x ***) '(... x ***))))
(dots-as-variable 1 2 3)                ; => (1 2 3)
(define-syntax make-lister (syntax-rules () ((_ name) (define-syntax name (syntax-rules () ((_ a (... ...)) (list a (... ...))))))))
(make-lister my-lister)
(my-lister 1 2 3)                       ; => (1 2 3)
(define-syntax make-custom (syntax-rules () ((_ name e) (define-syntax name (syntax-rules e () ((_ a e) (list a e)))))))
(make-custom my-custom :::)
(my-custom 1 2 3)                       ; => (1 2 3)
;; An ellipsis that is bound is none
(let ((... 1)) (let-syntax ((m (syntax-rules () ((_ a ...) '(a ...))))) (m 1 2))) ; => (1 2)
;; Literals: matched by binding, also when neither is bound, and shadowed on either side
(define-syntax lit (syntax-rules (foo) ((_ foo) 'literal) ((_ x) 'other)))
(list (lit foo) (let ((foo 1)) (lit foo)) (lit bar)) ; => (literal other other)
(list (let ((foo 1)) (let-syntax ((m (syntax-rules (foo) ((_ foo) 'same) ((_ x) 'other)))) (list (m foo) (let ((foo 2)) (m foo)))))) ; => ((same other))
(define-syntax arrow (syntax-rules (=>) ((_ a => b) 'arrow) ((_ a b c) 'plain)))
(list (arrow 1 => 2) (let ((=> 0)) (arrow 1 => 2))) ; => (arrow plain)
(define-syntax my-cond (syntax-rules (else) ((_) #f) ((_ (else e)) e) ((_ (c e) r ...) (if c e (my-cond r ...)))))
(list (my-cond (#f 1) (else 2)) (let ((else #t)) (my-cond (else 3) (#t 4)))) ; => (2 3)
(define-syntax pass-else (syntax-rules () ((_ e) (my-cond (#f 1) (else e)))))
(list (let ((else #f)) (pass-else 5)))  ; => (5)

;; Hygiene, in depth
(define-syntax my-or2 (syntax-rules () ((_ a b) (let ((t a)) (if t t b)))))
(let ((t 5) (if list) (let list)) (my-or2 #f t)) ; => 5
(define-syntax nest-or (syntax-rules () ((_ a b c) (my-or2 a (my-or2 b c)))))
(let ((t 1)) (nest-or #f #f t))         ; => 1
(define-syntax bind-both (syntax-rules () ((_ x e) (let ((x 1) (y 2)) (list x y e)))))
(let ((y 3)) (bind-both y y))           ; => (1 2 1)
(define-syntax lam (syntax-rules () ((_ (a ...) b) (lambda (a ... x) (list b x)))))
((lam (x) x) 1 2)                       ; => (1 2)
(define-syntax two-xs (syntax-rules () ((_ x) (let ((x 1)) (let-syntax ((m (syntax-rules () ((_ y) (let ((x 2)) (list x y)))))) (m x))))))
(two-xs z)                              ; => (2 1)
(define-syntax def-two (syntax-rules () ((_ a b) (begin (define t 1) (define a t) (define (b) (set! t (+ t 1)) t)))))
(let () (def-two p q) (list p (q) (q))) ; => (1 2 3)
(let ((t 'mine)) (def-two p q) (list t p)) ; => (mine 1)
(define-syntax def-record (syntax-rules () ((_ make get) (define-record-type hidden (make x) hidden? (x get)))))
(let () (def-record mk ref) (ref (mk 5))) ; => 5
(def-record mk-top ref-top)
(ref-top (mk-top 6))                    ; => 6
(define-syntax def-values (syntax-rules () ((_ a) (define-values (a hidden) (values 1 2)))))
(let () (def-values v) v)               ; => 1
(let ((hidden 'mine)) (def-values v) (list hidden v)) ; => (mine 1)
(define-syntax def-ref (syntax-rules () ((_ name) (define (name) secret))))
(define secret 'global)
(def-ref get-secret)
(let ((secret 'local)) (get-secret))    ; => global
(let ((secret 'local)) (def-ref f) (f)) ; => global
(define-syntax set-it (syntax-rules () ((_ v) (set! secret v))))
(let ((secret 1)) (set-it 'changed) secret) ; => 1
secret                                  ; => changed
(define-syntax my-define (syntax-rules () ((_ n v) (define n v))))
(my-define defined-by-macro 7)
defined-by-macro                        ; => 7
(define-syntax define-via (syntax-rules () ((_ d n v) (d n v))))
(define-via define via 8)
via                                     ; => 8
(define-syntax quote-all (syntax-rules () ((_ . x) 'x)))
(quote-all a (b #(c)) . d)              ; => (a (b #(c)) . d)
(define-syntax introduced-quote (syntax-rules () ((_) '(a b #(c) "d"))))
(introduced-quote)                      ; => (a b #(c) "d")
(eq? (car (introduced-quote)) 'a)       ; => #t
(define-syntax quasi (syntax-rules () ((_ x y ...) `(x ,x ,@(list y ...)))))
(let ((a 1)) (quasi a 2 3))             ; => (a 1 2 3)
(define-syntax case-it (syntax-rules () ((_ e) (case e ((a) 'is-a) (else 'is-not)))))
(list (case-it 'a) (case-it 'b))        ; => (is-a is-not)
(define-syntax do-it (syntax-rules () ((_ n) (do ((i 0 (+ i 1))) ((= i n) i)))))
(let ((i 4)) (do-it i))                 ; => 4
(define-syntax guard-it (syntax-rules () ((_ e v) (guard (x (#t (list x v))) e))))
(let ((x 'mine)) (guard-it (raise 1) x)) ; => (1 mine)
(define-syntax param-it (syntax-rules () ((_ p v e) (parameterize ((p v)) e))))
(let ((q (make-parameter 1))) (param-it q 2 (q))) ; => 2
(define-syntax values-it (syntax-rules () ((_ e body) (let-values (((a b) e)) (list a b body)))))
(let ((a 'mine)) (values-it (values 1 2) a)) ; => (1 2 mine)

;; Bodies: a macro may be used before the definition that it expands to a use of
(let () (define (f) (later 1)) (define-syntax later (syntax-rules () ((_ x) (list 'later x)))) (f)) ; => (later 1)
(let () (define-syntax a (syntax-rules () ((_) (b)))) (define-syntax b (syntax-rules () ((_) 'b))) (a)) ; => b
(let () (define-syntax defs (syntax-rules () ((_ n ...) (begin (define n 'n) ...)))) (defs p q r) (list p q r)) ; => (p q r)
(let () (define-syntax defs (syntax-rules () ((_ n) (define-syntax n (syntax-rules () ((_) 'made)))))) (defs made) (made)) ; => made
(let ((x 1)) (define-syntax m (syntax-rules () ((_ e) (let ((x 2)) e)))) (define y (m x)) y) ; => 1
(let () 1 (define-syntax m (syntax-rules () ((_) 1))) (m)) ; => 1
(let () (define-syntax m (syntax-rules () ((_ x) x))) (m (define a 1)) a) ; => 1
(lambda () (define-syntax m (syntax-rules () ((_) 1)))) ; !!
(if #t (define-syntax m (syntax-rules () ((_) 1)))) ; !! define-syntax
;; Keywords are no variables
(let () (define-syntax m (syntax-rules () ((_) 1))) (list m)) ; !! m
(let () (define-syntax m (syntax-rules () ((_) 1))) (set! m 2)) ; !! m
(twice-defined-nowhere)                 ; !! unbound variable

;; 4.3.3
(define-syntax checked (syntax-rules () ((_ #t) 'fine) ((_ x) (syntax-error "not true:" x 1 "two"))))
(checked #t)                            ; => fine
(checked (a b))                         ; !! not true: (a b) 1 "two"
(syntax-error)                          ; !! syntax-error
(syntax-error 5)                        ; !! syntax-error
(list (let-syntax ((m (syntax-rules () ((_) (if #f (syntax-error "never")))))) 1)) ; => (1)
