;; Section 5: program structure.
;; stress: 7
(import (scheme base) (scheme write)
        (only (scheme char) char-upcase)
        (rename (prefix (only (scheme cxr) caddr cdddr) list-) (list-caddr third)))

;; 5.2 Import declarations
(third '(1 2 3))                        ; => 3
(list-cdddr '(1 2 3 4))                 ; => (4)
caddr                                   ; !! unbound variable: caddr
(import (except (scheme char) char-downcase))
(char-numeric? #\1)                     ; => #t
char-downcase                           ; !! unbound variable: char-downcase
;; The same binding twice is no conflict
(import (scheme base) (only (scheme base) car) (rename (scheme base) (car first)))
(eq? car first)                         ; => #t

;; 5.3 Variable definitions
(define add3 (lambda (x) (+ x 3)))
(add3 3)                                ; => 6
(define first-of car)
(first-of '(1 2))                       ; => 1
(define (rest-args a . b) (list a b))
(rest-args 1 2 3)                       ; => (1 (2 3))
(define (all . b) b)
(all 1 2)                               ; => (1 2)
(define x 1)
(define (get-x) x)
(define x 2)
(get-x)                                 ; => 2
(define)                                ; !! define
(define "x" 1)                          ; !! define
(define 5)                              ; !! define

;; 5.3.2 Internal definitions
(let ((x 5)) (define foo (lambda (y) (bar x y))) (define bar (lambda (a b) (+ (* a b) a))) (foo (+ x 3))) ; => 45
(let ((x 5)) (letrec* ((foo (lambda (y) (bar x y))) (bar (lambda (a b) (+ (* a b) a)))) (foo (+ x 3)))) ; => 45
(let () (define a 1) (begin (define b 2) (define c 3)) (list a b c)) ; => (1 2 3)
(let () (define a 1) (define a 2) a)    ; !! a
(let () (define a (vector-ref b 0)) (define b (vector 1)) a) ; !! b
(lambda () (define a 1))                ; !!
(let () (define (ev? n) (or (= n 0) (od? (- n 1)))) (define (od? n) (and (> n 0) (ev? (- n 1)))) (ev? 100)) ; => #t
(let ((x 1)) (when #t (let () (define x 2) x))) ; => 2

;; 5.3.3 Multiple-value definitions
(define-values (root rem) (exact-integer-sqrt 32))
(list root rem)                         ; => (5 7)
(define-values (one . more) (values 1 2 3))
(list one more)                         ; => (1 (2 3))
(define-values everything (values 1 2))
everything                              ; => (1 2)
(let () (define-values (x y) (exact-integer-sqrt 17)) (list x y)) ; => (4 1)
(let () (define-values (x y) (values 1 2)) (+ x y)) ; => 3
(let () (define-values () (values)) 1)  ; => 1
(let () (define-values (a b . c) (values 1 2 3 4)) (define d (list a b c)) d) ; => (1 2 (3 4))
(let () (define-values (a b) (values 1)) a) ; !!
(let () (define (f) a) (define-values (a b) (values 1 2)) (set! a 10) (f)) ; => 10

;; 5.4 Syntax definitions
(let ((x 1) (y 2))
  (define-syntax swap! (syntax-rules () ((swap! a b) (let ((tmp a)) (set! a b) (set! b tmp)))))
  (swap! x y)
  (list x y))                           ; => (2 1)
(define-syntax twice (syntax-rules () ((_ e) (begin e e))))
(let ((n 0)) (twice (set! n (+ n 1))) n) ; => 2

;; 5.5 Record-type definitions
(define-record-type <pare> (kons x y) pare? (x kar set-kar!) (y kdr))
(pare? (kons 1 2))                      ; => #t
(pare? (cons 1 2))                      ; => #f
(kar (kons 1 2))                        ; => 1
(kdr (kons 1 2))                        ; => 2
(let ((k (kons 1 2))) (set-kar! k 3) (kar k)) ; => 3
(kar (cons 1 2))                        ; !! kar
(set-kar! 5 1)                          ; !! set-kar!
(kons 1)                                ; !! argument
(define-record-type other (make-other b a) other? (a other-a) (b other-b) (c other-c set-other-c!))
(let ((o (make-other 1 2))) (set-other-c! o 3) (list (other-a o) (other-b o) (other-c o))) ; => (2 1 3)
(list (other? (kons 1 2)) (pare? (make-other 1 2)) (pair? (kons 1 2)) (vector? (kons 1 2))) ; => (#f #f #f #f)
(kar (make-other 1 2))                  ; !! kar
(let () (define-record-type thing (make-thing) thing? (v thing-v set-thing-v!))
  (let ((t (make-thing))) (set-thing-v! t 1) (list (thing? t) (thing-v t)))) ; => (#t 1)
;; Each evaluation makes a new type
(define (make-type) (define-record-type t (make-t) t?) (list make-t t?))
(let ((a (make-type)) (b (make-type))) (list ((cadr a) ((car a))) ((cadr a) ((car b))))) ; => (#t #f)
(let ((a (kons 1 2)) (b (kons 1 2))) (list (eqv? a b) (eqv? a a) (equal? a a))) ; => (#f #t #t)
(let () (define-record-type t (make-t z) t? (a t-a)) 1) ; !! z
(let () (define-record-type t (make-t a) t? (a t-a) (a t-b)) 1) ; !! a
(let () (define-record-type t #f t? (a t-a)) (t? 1)) ; => #f

;; 5.6 Libraries
(define-library (r7rs-test stack)
  (export make push! pop! empty? (rename internal-size size) swap-top!)
  (import (scheme base))
  (begin
    (define (make) (list '()))
    (define (push! s v) (set-car! s (cons v (car s))))
    (define (pop! s) (let ((v (caar s))) (set-car! s (cdar s)) v))
    (define (empty? s) (null? (car s)))
    (define (internal-size s) (length (car s)))
    (define-syntax swap-top! (syntax-rules () ((_ s) (let* ((a (pop! s)) (b (pop! s))) (push! s a) (push! s b)))))))
(import (prefix (r7rs-test stack) stack-))
(let ((s (stack-make))) (stack-push! s 1) (stack-push! s 2) (stack-swap-top! s) (list (stack-size s) (stack-pop! s) (stack-pop! s) (stack-empty? s)))
                                        ; => (2 1 2 #t)
internal-size                           ; !! unbound variable
(define-library (r7rs-test declarations)
  (cond-expand (r7rs (import (scheme base))) (else (import (no such library))))
  (export included-a included-b chosen lowered)
  (include "include/two-forms.scm")
  (include-ci "include/lowered.scm")
  (include-library-declarations "include/declarations.scm")
  (cond-expand (full-unicode (begin (define chosen 'unicode))) (else (begin (define chosen 'bytes)))))
(import (r7rs-test declarations))
(list included-a (included-b 1) chosen lowered declared) ; => (1 (1 3) unicode low (declared))
(define-library (r7rs-test empty))
(import (r7rs-test empty))
;; The names of a library may hold numbers; a library's body runs once
(define-library (r7rs-test 1 2) (export n next!) (import (scheme base))
  (begin (define n 10) (define count 0) (define (next!) (set! count (+ count 1)) count)))
(define-library (r7rs-test user) (export step) (import (scheme base) (r7rs-test 1 2)) (begin (define (step) (next!))))
(import (r7rs-test 1 2) (r7rs-test user))
(let* ((a (next!)) (b (step)) (c (next!))) (list n a b c)) ; => (10 1 2 3)
;; A private helper is what the library's macro means, whatever the user calls it
(define-library (r7rs-test hygiene) (export ask) (import (scheme base))
  (begin (define (helper x) (list 'helped x)) (define-syntax ask (syntax-rules () ((_ x) (helper x))))))
(import (r7rs-test hygiene))
(define (helper x) 'wrong)
(ask 1)                                 ; => (helped 1)
(let ((helper 5)) (ask helper))         ; => (helped 5)
(set! car cdr)                          ; !! car

;; 5.7 The program as a whole sees only what it imports
(let () (import (scheme char)) 1)       ; !! import
(list 1 (define y 2))                   ; !! define
(if #t (define y 2))                    ; !! define

;; 5.2 once more: all forms of import sets, and what is no import set
(import (only (scheme base) car cdr) (except (scheme char) char-upcase) (prefix (scheme cxr) c:) (rename (scheme lazy) (force go)))
(c:caddr '(1 2 3))                      ; => 3
(go 5)                                  ; => 5
(import (prefix (rename (only (scheme base) list vector) (list l)) my-))
(list (my-l 1) (my-vector 2))           ; => ((1) #(2))
(import (rename (prefix (only (scheme base) list) x-) (x-list y)))
(y 1 2)                                 ; => (1 2)
(import (except (prefix (only (scheme base) list vector) q-) q-vector))
(q-list 1)                              ; => (1)
q-vector                                ; !! unbound variable: q-vector
(import (only (scheme base) no-such-name)) ; !! no-such-name
(import (except (scheme base) no-such-name)) ; !! no-such-name
(import (rename (scheme base) (no-such-name x))) ; !! no-such-name
(import (no such library))              ; !! (no such library)
(import (only))                         ; !!
(import 5)                              ; !!
(import (prefix (scheme base)))         ; !!
(import (rename (scheme base) (car)))   ; !!
(import (only (scheme base) 5))         ; !!
(import)

;; 5.3: a definition of a name that was bound assigns it; of an imported one is an error
(define redefined 1)
(define (get-redefined) redefined)
(define redefined (+ redefined 1))
(list redefined (get-redefined))        ; => (2 2)
(define (curried a) (lambda (b) (list a b)))
((curried 1) 2)                         ; => (1 2)
(define (with-body x) (define y (* x 2)) (define (z) (+ x y)) (z))
(with-body 2)                           ; => 6
(begin (define in-begin 1) (define in-begin2 (+ in-begin 1)))
in-begin2                               ; => 2
(begin)
(define)                                ; !! define
(define x 1 2)                          ; !! define
(define (f))                            ; !! define
(define (5) 1)                          ; !! define
(define (f 1) 1)                        ; !! define
(define (f a a) 1)                      ; !! a
(define . x)                            ; !! define
(define car 5)                          ; !! car
(set! cdr 5)                            ; !! cdr
(define-values (a a) (values 1 2))      ; !! a
(define-values 5 (values 1))            ; !! define-values
(define-values (x))                     ; !! define-values
(define-values (x) 1 2)                 ; !! define-values
(define-values (u v) (values 1 2 3))    ; !!
(define-values (u v) 1)                 ; !!
(define-values () (values))
(define-values (h . t) (values 1))
(list h t)                              ; => (1 ())
(define-values (mv1 mv2) (let ((a 1)) (values a (lambda () a))))
(list mv1 (mv2))                        ; => (1 1)

;; 5.3.2: internal definitions are a letrec*
(let () (define a 1) (define b (+ a 1)) (define c (+ b 1)) (list a b c)) ; => (1 2 3)
(let () (define (f) (g)) (define (g) (h*)) (define (h*) 'end) (f)) ; => end
(let ((x 'outer)) (define x 'inner) x)  ; => inner
(let () (define a (lambda () b)) (define b 2) (a)) ; => 2
(let () (define a (list b)) (define b (list 1)) a) ; !! b
(let () (define x 1) (set! x (+ x 1)) (define y x) y) ; => 2
(let ((y 1)) (let () (define (f) y) (define y 2) (f))) ; => 2
(let () (begin (begin (define deep 1))) deep) ; => 1
(let () (define-values (a b) (values 1 2)) (define-values (c . d) (values a b)) (list a b c d)) ; => (1 2 1 (2))
(let () (define-values (a b) (values 1 (lambda () (+ a c)))) (define c 10) (b)) ; => 11
(let () (define-values (a) (values 1 2)) a) ; !!
(let () (define a 1) (define a 2) a)    ; !! a
(let () (define (a) 1) (define-values (b a) (values 1 2)) a) ; !! a
(let () (define-record-type r (mk) r?) (define r? 1) r?) ; !! r?
(let () (define-syntax m (syntax-rules () ((_) 1))) (define m 2) m) ; !! m
(let () (define a 1))                   ; !!
(let () (begin (define a 1)))           ; !!
(let ())                                ; !! let
(when #t (define x 1) x)                ; !! define
(cond (#t (define x 1) x))              ; !! define
(list (define x 1))                     ; !! define
(let ((x (define y 1))) x)              ; !! define

;; 5.5: every part of a record type
(define-record-type point (make-point x y) point? (x point-x set-point-x!) (y point-y) (z point-z set-point-z!))
(let ((p (make-point 1 2))) (set-point-x! p 10) (set-point-z! p 30) (list (point-x p) (point-y p) (point-z p))) ; => (10 2 30)
(map point? (list (make-point 1 2) 5 'a "b" (vector 1 2) (list 1 2) point?)) ; => (#t #f #f #f #f #f #f)
(point-x 5)                             ; !! point-x
(point-x (kons 1 2))                    ; !! point-x
(set-point-x! (kons 1 2) 1)             ; !! set-point-x!
(set-point-x! (make-point 1 2))         ; !! argument
(make-point)                            ; !! argument
(make-point 1 2 3)                      ; !! argument
(point?)                                ; !! argument
(define-record-type empty-type (make-empty) empty?)
(list (empty? (make-empty)) (empty? 1) (point? (make-empty))) ; => (#t #f #f)
(define-record-type only-type make-only only? (a only-a))
(only-a (make-only 1))                  ; => 1
(define-record-type reversed (make-reversed b a) reversed? (a rev-a) (b rev-b))
(list (rev-a (make-reversed 1 2)) (rev-b (make-reversed 1 2))) ; => (2 1)
(define-record-type same-name (make-same a) same-name? (a same-a))
(define old-same (make-same 1))
(define old-same? same-name?)
(define-record-type same-name (make-same a) same-name? (a same-a))
(list (old-same? old-same) (same-name? old-same) (old-same? (make-same 1))) ; => (#t #f #f)
(same-a old-same)                       ; !! same-a
(define-record-type)                    ; !! define-record-type
(define-record-type t)                  ; !! define-record-type
(define-record-type 5 (make) t?)        ; !! define-record-type
(define-record-type t (make x) t?)      ; !! x
(define-record-type t (make x x) t? (x t-x)) ; !! x
(define-record-type t (make) t? (x t-x) (x t-y)) ; !! x
(define-record-type t (make) t? (x 5))  ; !!
(let () (define-record-type t (make x) t? (x get set)) (let ((r (make 1))) (set r (+ (get r) 1)) (get r))) ; => 2
(let ((p (make-point 1 2))) (list (eq? p p) (eqv? p (make-point 1 2)) (equal? p (make-point 1 2)))) ; => (#t #f #f)

;; The procedures know their type, whatever is defined under its name later
(define-record-type place (make-place x) place? (x place-x))
(define place (make-place 5))
(list (place? place) (place-x place) (place-x (make-place 6))) ; => (#t 5 6)
(let () (define-record-type t (make x) t? (x get)) (set! t 5) (get (make 1))) ; => 1

;; 5.6: libraries
(define-library (r7rs-test exports) (export a (rename b bee) m) (import (scheme base))
  (begin (define a 1) (define b 2) (define c 3) (define-syntax m (syntax-rules () ((_) (list a b c))))))
(import (r7rs-test exports))
(list a bee (m))                        ; => (1 2 (1 2 3))
b                                       ; !! unbound variable: b
c                                       ; !! unbound variable: c
(set! a 2)                              ; !! a
(define-library (r7rs-test state) (export next reset!) (import (scheme base)) (begin (define n 0) (define (next) (set! n (+ n 1)) n) (define (reset!) (set! n 0))))
(import (prefix (r7rs-test state) one-) (prefix (r7rs-test state) two-))
(let* ((a (one-next)) (b (two-next)) (c (begin (one-reset!) (two-next)))) (list a b c)) ; => (1 2 1)
(define-library (r7rs-test order) (export log) (begin (define log (list 'a))) (import (scheme base)) (begin (define log2 (cons 'b log))))
(import (r7rs-test order))
log                                     ; => (a)
(define-library (r7rs-test re-export) (export car (rename cdr tail)) (import (scheme base)))
(import (prefix (r7rs-test re-export) re-))
(list (re-car '(1 2)) (re-tail '(1 2)) (eq? re-car car)) ; => (1 (2) #t)
(define-library (r7rs-test cond) (export v w)
  (cond-expand ((and r7rs (library (scheme base)) (not (library (no such)))) (import (scheme base)) (begin (define v 'yes))) (else (begin (define v 'no))))
  (cond-expand (no-such-feature (begin (define w 'no))) ((or no-such-feature full-unicode) (begin (define w 'unicode))) (else (begin (define w 'else)))))
(import (r7rs-test cond))
(list v w)                              ; => (yes unicode)
(define-library (r7rs-test bad-export) (export not-there) (import (scheme base)))
(import (r7rs-test bad-export))         ; !! not-there
(define-library (r7rs-test twice) (export a (rename b a)) (import (scheme base)) (begin (define a 1) (define b 2)))
(import (r7rs-test twice))              ; !! a
(define-library (r7rs-test bad) (no-such-declaration))
(import (r7rs-test bad))                ; !! no-such-declaration
(define-library (r7rs-test datum) 5)
(import (r7rs-test datum))              ; !! 5
(define-library (r7rs-test no-base) (export a) (begin (define a 1)))
(import (r7rs-test no-base))            ; !! define
(define-library (r7rs-test assigns) (export go) (import (scheme base)) (begin (define (go) (set! car cdr))))
(import (r7rs-test assigns))            ; !! car
(define-library (r7rs-test redefines) (export car) (import (scheme base)) (begin (define car cdr)))
(import (r7rs-test redefines))          ; !! car
(define-library (r7rs-test circle-a) (export a) (import (scheme base) (r7rs-test circle-b)) (begin (define a 1)))
(define-library (r7rs-test circle-b) (export b) (import (scheme base) (r7rs-test circle-a)) (begin (define b 1)))
(import (r7rs-test circle-a))           ; !! circle
(define-library r7rs-test)              ; !! define-library
(define-library (r7rs-test -1))         ; !! define-library
(define-library)                        ; !! define-library
;; A library sees only what it imports, whatever the program has
(define-library (r7rs-test alone) (export by-itself) (import (only (scheme base) define)) (begin (define (by-itself) (list 1))))
(import (r7rs-test alone))
(by-itself)                             ; !! list
