;; Section 4.2: derived expression types.
(import (scheme base) (scheme case-lambda) (scheme lazy) (scheme write))

;; 4.2.1 Conditionals
(cond ((> 3 2) 'greater) ((< 3 2) 'less)) ; => greater
(cond ((> 3 3) 'greater) ((< 3 3) 'less) (else 'equal)) ; => equal
(cond ((assv 'b '((a 1) (b 2))) => cadr) (else #f)) ; => 2
(cond (#f 1) ((+ 1 1)))                 ; => 2
(cond ((values 1) 'a 'b 'c))            ; => c
(cond (else 1 2))                       ; => 2
(let ((=> #f)) (cond (#t => 'ok)))      ; => ok
(let ((else #f)) (cond (else 'wrong) (#t 'right))) ; => right
(cond)                                  ; !! cond
(cond (else 1) (#t 2))                  ; !! else
(cond 5)                                ; !! cond
(case (* 2 3) ((2 3 5 7) 'prime) ((1 4 6 8 9) 'composite)) ; => composite
(case (car '(c d)) ((a e i o u) 'vowel) ((w y) 'semivowel) (else => (lambda (x) x))) ; => c
(case 'a ((a) => (lambda (x) (list x x))) (else 1)) ; => (a a)
(case 5 ((1 2) 'low) (else 'other))     ; => other
(case 2.0 ((2) 'exact) ((2.0) 'inexact)) ; => inexact
(case 100000000000000000000 ((100000000000000000000) 'big) (else 'no)) ; => big
(case #\a ((#\b) 1) ((#\a) 2))          ; => 2
(case '() ((()) 'nil) (else 'no))       ; => nil
(case "a" (("a") 'same) (else 'different)) ; => different
(case 'else ((else) 'datum) (else 'clause)) ; => datum
(case (begin (display "x") 1) ((1) (display "y") (display "z"))) ; => xyz
(case)                                  ; !! case
(case 1 (else 1) ((1) 2))               ; !! else
(case 1 (1 2))                          ; !! case
(and (= 2 2) (> 2 1))                   ; => #t
(and (= 2 2) (< 2 1))                   ; => #f
(and 1 2 'c '(f g))                     ; => (f g)
(and)                                   ; => #t
(or (= 2 2) (> 2 1))                    ; => #t
(or (= 2 2) (< 2 1))                    ; => #t
(or #f #f #f)                           ; => #f
(or (memq 'b '(a b c)) (/ 3 0))         ; => (b c)
(or)                                    ; => #f
(call-with-values (lambda () (and 1 (values 2 3))) list) ; => (2 3)
(call-with-values (lambda () (or #f (values 2 3))) list) ; => (2 3)
(when (= 1 1.0) (display "1") (display "2")) ; => 12
(when #t 1 2)                           ; => 2
(unless #f 1 2)                         ; => 2
(unless (= 1 1.0) (display "1"))
(list (cond-expand (full-unicode 'unicode) (else 'bytes))) ; => (unicode)
(list (cond-expand ((and r7rs (not no-such-feature)) 'yes) (else 'no))) ; => (yes)
(list (cond-expand ((or no-such-feature (library (scheme base))) 'yes) (else 'no))) ; => (yes)
(list (cond-expand ((library (no such library)) 'yes) (else 'no))) ; => (no)
(list (cond-expand ((and) 'yes) (else 'no))) ; => (yes)
(list (cond-expand ((or) 'yes) (else 'no))) ; => (no)
(list (cond-expand (else 1 2 3)))       ; => (3)
(map (lambda (x) (and (memq x (features)) #t)) '(r7rs full-unicode)) ; => (#t #t)

;; 4.2.2 Binding constructs
(let ((x 2) (y 3)) (* x y))             ; => 6
(let ((x 2) (y 3)) (let ((x 7) (z (+ x y))) (* z x))) ; => 35
(let () 5)                              ; => 5
(let ((x 1) (x 2)) x)                   ; !! x
(let ((x)) x)                           ; !! let
(let ((x 1 2)) x)                       ; !! let
(let ((x 1)))                           ; !! let
(let x)                                 ; !! let
(let ((x 2) (y 3)) (let* ((x 7) (z (+ x y))) (* z x))) ; => 70
(let* ((x 1) (x (+ x 1))) x)            ; => 2
(let* () 1)                             ; => 1
(letrec ((even? (lambda (n) (if (zero? n) #t (odd? (- n 1)))))
         (odd? (lambda (n) (if (zero? n) #f (even? (- n 1))))))
  (even? 88))                           ; => #t
(letrec ((a (lambda () b)) (b 1)) (a))  ; => 1
(letrec ((a (car b)) (b (vector 1))) a)              ; !! b
(letrec ((x 1) (x 2)) x)                ; !! x
(letrec* ((p (lambda (x) (+ 1 (q (- x 1)))))
          (q (lambda (y) (if (zero? y) 0 (+ 1 (p (- y 1))))))
          (x (p 5))
          (y x))
  y)                                    ; => 5
(letrec* ((a 1) (b (+ a 1)) (c (+ a b))) (list a b c)) ; => (1 2 3)
(letrec* ((a (+ b 1)) (b (vector-ref (vector 1) 0))) a)               ; !! b
;; An initial value that is a continuation entered twice
(let ((k1 #f) (n 0))
  (letrec ((x (call/cc (lambda (k) (set! k1 k) 1))) (y 2))
    (set! n (+ n 1))
    (if (< n 3) (k1 (* 10 n)) (list n x y)))) ; => (3 20 2)
(let-values (((root rem) (exact-integer-sqrt 32))) (* root rem)) ; => 35
(let-values (((a b) (values 1 2)) ((c) (values 3))) (list a b c)) ; => (1 2 3)
(let-values ((all (values 1 2)) ((a . rest) (values 3 4 5))) (list all a rest)) ; => ((1 2) 3 (4 5))
(let-values (((a b) (values 1 2 3))) a) ; !!
(let-values (((a b) 1)) a)              ; !!
(let-values (((a b) (values 1 2)) ((a) 3)) a) ; !! a
(let ((a 'a) (b 'b) (x 'x) (y 'y))
  (let*-values (((a b) (values x y)) ((x y) (values a b))) (list a b x y))) ; => (x y x y)
(let ((a 'a) (b 'b) (x 'x) (y 'y))
  (let-values (((a b) (values x y)) ((x y) (values a b))) (list a b x y))) ; => (x y a b)
(let*-values () 1)                      ; => 1

;; 4.2.3 Sequencing
(define x 0)
(and (= x 0) (begin (set! x 5) (+ x 1))) ; => 6
(let () (begin (display "4 plus 1 equals ") (display (+ 4 1)))) ; => 4 plus 1 equals 5
(let () (begin (define a 1) (define b 2)) (+ a b)) ; => 3
(let () (begin) 1)                      ; => 1

;; 4.2.4 Iteration
(do ((vec (make-vector 5)) (i 0 (+ i 1))) ((= i 5) vec) (vector-set! vec i i)) ; => #(0 1 2 3 4)
(let ((x '(1 3 5 7 9))) (do ((x x (cdr x)) (sum 0 (+ sum (car x)))) ((null? x) sum))) ; => 25
(do ((i 0 (+ i 1)) (fs '() (cons (lambda () i) fs))) ((= i 3) (map (lambda (f) (f)) fs))) ; => (2 1 0)
(do () (#t 1 2))                        ; => 2
(do ((i 0 1 2)) (#t))                   ; !! do
(do ((i 0) (i 1)) (#t))                 ; !! i
(let loop ((numbers '(3 -2 1 6 -5)) (nonneg '()) (neg '()))
  (cond ((null? numbers) (list nonneg neg))
        ((>= (car numbers) 0) (loop (cdr numbers) (cons (car numbers) nonneg) neg))
        ((< (car numbers) 0) (loop (cdr numbers) nonneg (cons (car numbers) neg)))))
                                        ; => ((6 1 3) (-5 -2))
(let loop () 5)                         ; => 5
(let ((loop 7)) (let loop ((x loop)) x)) ; => 7
(let loop ((x 1) (x 2)) x)              ; !! x

;; 4.2.5 Delayed evaluation
(force (delay (+ 1 2)))                 ; => 3
(let ((p (delay (+ 1 2)))) (list (force p) (force p))) ; => (3 3)
(define integers (letrec ((next (lambda (n) (delay (cons n (next (+ n 1))))))) (next 0)))
(define (head stream) (car (force stream)))
(define (tail stream) (cdr (force stream)))
(head (tail (tail integers)))           ; => 2
(define (stream-filter p? s)
  (delay-force
   (if (null? (force s))
       (delay '())
       (let ((h (car (force s))) (t (cdr (force s))))
         (if (p? h) (delay (cons h (stream-filter p? t))) (stream-filter p? t))))))
(head (tail (tail (stream-filter odd? integers)))) ; => 5
(define count 0)
(define p (delay (begin (set! count (+ count 1)) (if (> count lazy-x) count (force p)))))
(define lazy-x 5)
(promise? p)                            ; => #t
(force p)                               ; => 6
(promise? p)                            ; => #t
(begin (set! lazy-x 10) (force p))
(force p)                               ; => 6
(eqv? (delay 1) 1)                      ; => #f
(pair? (delay (cons 1 2)))              ; => #f
(force 5)                               ; => 5
(force (make-promise 5))                ; => 5
(let ((p (delay 1))) (eq? p (make-promise p))) ; => #t
(promise? (make-promise 1))             ; => #t
(promise? 5)                            ; => #f
;; Forcing inside of forcing, from the first report on promises
(define r (delay (begin (display "hi") 1)))
(define s (delay-force r))
(define t (delay-force s))
(let () (force t) (force r) (newline))             ; => hi
(define q (let ((count 5))
  (define (get-count) count)
  (define p (delay (if (<= count 0) count (begin (set! count (- count 1)) (force p) (set! count (+ count 2)) count))))
  (list get-count p)))
(let* ((get-count (car q)) (p (cadr q))) (let* ((a (get-count)) (b (force p)) (c (get-count))) (list a b c))) ; => (5 0 10)
;; An error while forcing leaves the promise to be forced again
(let* ((n 0) (p (delay (begin (set! n (+ n 1)) (if (= n 1) (raise 'first) n)))))
  (list (guard (e (#t e)) (force p)) (force p) (force p))) ; => (first 2 2)

;; 4.2.6 Dynamic bindings
(define radix (make-parameter 10 (lambda (x) (if (and (exact-integer? x) (<= 2 x 16)) x (error "invalid radix")))))
(define (f n) (number->string n (radix)))
(f 12)                                  ; => "12"
(parameterize ((radix 2)) (f 12))       ; => "1100"
(f 12)                                  ; => "12"
(parameterize ((radix 0)) (f 12))       ; !! invalid radix
(parameterize () 1)                     ; => 1
(parameterize ((5 1)) 1)                ; !! 5
(let ((a (make-parameter 1)) (b (make-parameter 2)))
  (parameterize ((a 10) (b (a))) (define c (a)) (list (a) (b) c))) ; => (10 1 10)
;; The converter runs once, and not when the old value comes back
(let* ((n 0) (p (make-parameter 1 (lambda (x) (set! n (+ n 1)) x))))
  (parameterize ((p 2)) (p)) (p) n)     ; => 2
(let ((p (make-parameter 1)) (k #f) (n 0))
  (let ((result (list (parameterize ((p 2)) (call/cc (lambda (c) (set! k c))) (p)) (p))))
    (set! n (+ n 1))
    (if (< n 2) (k #f) result)))        ; => (2 1)

;; 4.2.7 Exception handling: in 6.11

;; 4.2.8 Quasiquotation
`(list ,(+ 1 2) 4)                      ; => (list 3 4)
(let ((name 'a)) `(list ,name ',name))  ; => (list a 'a)
`(a ,(+ 1 2) ,@(map abs '(4 -5 6)) b)   ; => (a 3 4 5 6 b)
`((foo ,(- 10 3)) ,@(cdr '(c)) . ,(car '(cons))) ; => ((foo 7) . cons)
`#(10 5 ,(square 2) ,@(map square '(4 3)) 8) ; => #(10 5 4 16 9 8)
(let ((foo '(foo bar)) (@baz 'baz)) `(list ,@foo , @baz)) ; => (list foo bar baz)
`(a `(b ,(foo ,(+ 1 3) d) e) f)         ; => (a `(b ,(foo 4 d) e) f)
(let ((name1 'x) (name2 'y)) `(a `(b ,,name1 ,',name2 d) e)) ; => (a `(b ,x ,'y d) e)
(let ((a 3)) `((1 2) ,a ,4 ,'five 6))   ; => ((1 2) 3 4 five 6)
(quasiquote (list (unquote (+ 1 2)) 4)) ; => (list 3 4)
'(quasiquote (list (unquote (+ 1 2)) 4)) ; => `(list ,(+ 1 2) 4)
`(1 . ,2)                               ; => (1 . 2)
`(1 unquote (+ 1 1))                    ; => (1 . 2)
`,@(list 1 2)                           ; !! unquote-splicing
`(1 ,@2)                                ; => (1 . 2)
`(,@'(1 2) . 3)                         ; => (1 2 . 3)
`#(,@'())                               ; => #()
`(1 ```,,@,,@(list (+ 1 2)) 4)          ; => (1 ```,,@,3 4)
`(`(,@(a ,@(list 1 2))))                ; => (`(,@(a 1 2)))
`#(1 `#(,(a ,(+ 1 1))))                 ; => #(1 `#(,(a 2)))
`5                                      ; => 5
`()                                     ; => ()
,x                                      ; !! unquote
(quasiquote)                            ; !! quasiquote

;; 4.2.9 case-lambda
(define range (case-lambda ((e) (range 0 e)) ((b e) (do ((r '() (cons e r)) (e (- e 1) (- e 1))) ((< e b) r)))))
(range 3)                               ; => (0 1 2)
(range 3 5)                             ; => (3 4)
(range)                                 ; !! argument
(define plus (case-lambda (() 0) ((x) x) ((x y) (+ x y)) ((x y . z) (apply plus (+ x y) z))))
(list (plus) (plus 1) (plus 1 2) (plus 1 2 3)) ; => (0 1 3 6)
((case-lambda (args args)) 1 2)         ; => (1 2)
((case-lambda ((a . b) (list 'first a b)) (c 'second)) 1) ; => (first 1 ())
((case-lambda) 1)                       ; !! argument
