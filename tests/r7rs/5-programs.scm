;; Section 5: program structure.
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
