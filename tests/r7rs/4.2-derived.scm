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

;; 4.2.1 once more: what is evaluated, how often, and what the syntax refuses
(let ((n 0)) (cond ((begin (set! n (+ n 1)) #f) 1) ((begin (set! n (+ n 10)) n) => (lambda (x) (list x n))))) ; => (11 11)
(let ((n 0)) (case (begin (set! n (+ n 1)) n) ((0) 'zero) ((1) (list 'one n)) (else 'more))) ; => (one 1)
(cond (#f) (5))                         ; => 5
(cond ((list 1 2) => car))              ; => 1
(cond (1 => 5))                         ; !! 5
(cond (1 =>))                           ; !! cond
(cond (1 => car cdr))                   ; !! cond
(cond (else))                           ; !! cond
(cond ())                               ; !! cond
(cond ((assv 'z '((a 1))) => cadr) (else 'none)) ; => none
(call-with-values (lambda () (cond (#t (values 1 2)))) list) ; => (1 2)
(call-with-values (lambda () (case 1 ((1) (values 1 2)))) list) ; => (1 2)
(case 'b ((a) 1) ((b c) 2 3) (else 4))  ; => 3
(case #f ((#t) 't) ((#f) 'f))           ; => f
(case 'z ((a) => list) (else => (lambda (x) (list 'else x)))) ; => (else z)
(case -1 ((-1 1) 'unit) (else 'no))     ; => unit
(case 1/2 ((1/2) 'half) (else 'no))     ; => half
(case 'quote ('a 'quoted) (else 'no))   ; => quoted
(case 5 ((5)))                          ; !! case
(case 5 (5 1))                          ; !! case
(case 5 (else))                         ; !! case
(case 5 ((5) =>))                       ; !! case
(case 5 ((5) => list list))             ; !! case
(let ((x '(1))) (case x (((1)) 'same) (else 'other))) ; => other
(let ((else #t)) (case 1 ((1) 'one) (else 'no))) ; !!
(let ((n 0)) (and #f (set! n 1)) n)     ; => 0
(let ((n 0)) (or 1 (set! n 1)) n)       ; => 0
(and 1)                                 ; => 1
(and #f)                                ; => #f
(and 1 #f 2)                            ; => #f
(or #f 3 4)                             ; => 3
(and . 1)                               ; !! and
(or 1 . 2)                              ; !! or
(let ((n 0)) (when #f (set! n 1)) n)    ; => 0
(let ((n 0)) (unless #t (set! n 1)) n)  ; => 0
(when)                                  ; !! when
(when #t)                               ; !! when
(unless)                                ; !! unless
(unless #f)                             ; !! unless
(list (cond-expand ((not r7rs) 1) (r7rs 2))) ; => (2)
(list (cond-expand ((or (and r7rs no-such) (not (library (no such)))) 1) (else 2))) ; => (1)
(list (cond-expand ((library (scheme base)) 1) (else 2))) ; => (1)
(list (cond-expand (no-such 1) (else 2))) ; => (2)
(list (cond-expand ((not (or no-such (not r7rs))) 1) (else 2))) ; => (1)
(list (cond-expand ((xor r7rs) 1)))     ; !!

;; 4.2.2
(let* ((x 1) (y (+ x 1)) (z (* y 2))) (list x y z)) ; => (1 2 4)
(let* ((x 1)) (define x 2) x)           ; => 2
(let ((x 1)) (define x 2) (set! x (+ x 1)) x) ; => 3
(letrec* ((f (lambda () g)) (g 5)) (f)) ; => 5
(letrec () 1)                           ; => 1
(letrec* () 1)                          ; => 1
(let*-values (((a b) (values 1 2)) ((c) (values (+ a b)))) (list a b c)) ; => (1 2 3)
(let-values () 1)                       ; => 1
(let-values ((() (values))) 1)          ; => 1
(let-values (((a . b) (values 1))) (list a b)) ; => (1 ())
(let-values ((a 5)) a)                  ; => (5)
(let*-values (((a) 1) ((a) (+ a 1))) a) ; => 2
(let-values (((a a) (values 1 2))) a)   ; !! a
(let-values (((a) (values))) a)         ; !!
(let*-values (((a b) (values 1))) a)    ; !!
(let-values ((a 1)))                    ; !! let-values
(let ((a 1) . b) a)                     ; !! let
(let ((1 2)) 3)                         ; !! let
(let (("a" 2)) 3)                       ; !! let
(let ((a)) 1)                           ; !! let
(let a)                                 ; !! let
(let* ((a 1)))                          ; !! let*
(let* ((1 a)) 1)                        ; !! let*
(letrec ((a 1)))                        ; !! letrec
(letrec* ((a)) 1)                       ; !! letrec*
(letrec* ((a 1) (a 2)) a)               ; !! a
;; The initial values of letrec are all there before a body runs; each call makes new locations
(let ((make (lambda () (letrec ((n 0) (f (lambda () (set! n (+ n 1)) n))) f)))) (let ((a (make)) (b (make))) (a) (a) (list (a) (b)))) ; => (3 1)

;; 4.2.3
(let ((x (begin 1 2 3))) x)             ; => 3
(list (begin))                          ; !!
(begin . 1)                             ; !! begin
(call-with-values (lambda () (begin 1 (values 2 3))) list) ; => (2 3)

;; 4.2.4
(do ((i 0 (+ i 1)) (j 10 (- j 1))) ((= i j) (list i j))) ; => (5 5)
(do ((i 0 (+ i 1)) (k 5)) ((= i 3) k))  ; => 5
(let ((log '())) (do ((i 0 (+ i 1))) ((= i 3) (reverse log)) (set! log (cons i log)) (set! log (cons 'x log)))) ; => (0 x 1 x 2 x)
(do ((i 0 (+ i 1))) ((= i 3)))
(do ((i 0)))                            ; !! do
(do (i) (#t))                           ; !! do
(do ((i 0 1)) ())                       ; !! do
(do ((1 0)) (#t))                       ; !! do
(let loop ((i 0) (acc '())) (if (< i 3) (loop (+ i 1) (cons i acc)) acc)) ; => (2 1 0)
(let f ((x 1)) (define y (* x 2)) (if (> y 10) y (f y))) ; => 16
(let loop ((i 0)) (set! i (+ i 1)) (if (< i 5) (loop i) i)) ; => 5
(let ((g (let f ((n 3)) (if (= n 0) f (f (- n 1)))))) (procedure? g)) ; => #t
(let loop 5 1)                          ; !! let
(let loop ((x 1)))                      ; !! let

;; 4.2.5
(let* ((n 0) (p (delay (begin (set! n (+ n 1)) n)))) (force p) (force p) n) ; => 1
(let* ((n 0) (p (make-promise (begin (set! n (+ n 1)) n)))) (force p) (force p) n) ; => 1
(force (delay-force (delay 1)))         ; => 1
(force (delay-force (make-promise 2)))  ; => 2
(force (delay-force (delay-force (delay-force (delay 'deep))))) ; => deep
(force (delay-force 5))                 ; !! delay-force
(promise? (force (delay (delay 1))))    ; => #t
(promise? (delay-force (delay 1)))      ; => #t
(promise? (make-promise (delay 1)))     ; => #t
(force (make-promise (delay 3)))        ; => 3
(map force (list 1 'a "s" '() #f))      ; => (1 a "s" () #f)
(delay)                                 ; !! delay
(delay 1 2)                             ; !! delay
(delay-force)                           ; !! delay-force
(force)                                 ; !! argument
(let loop ((n 1000) (p (delay 'end))) (if (= n 0) (force p) (loop (- n 1) (let ((q p)) (delay-force q))))) ; => end
(define (stream-from n) (delay (cons n (stream-from (+ n 1)))))
(define (stream-ref s n) (if (= n 0) (car (force s)) (stream-ref (cdr (force s)) (- n 1))))
(stream-ref (stream-from 0) 300)       ; => 300
;; The promise that is forced inside of itself keeps the first value
(define x5 5)
(define p5 (delay (begin (set! x5 (- x5 1)) (if (> x5 0) (force p5) 'bottom))))
(force p5)                              ; => bottom
(let* ((k #f) (n 0) (p (delay (call/cc (lambda (c) (set! k c) 1)))) (first (force p))) (set! n (+ n 1)) (if (= n 1) (k 2)) (list first (force p))) ; => (1 1)

;; 4.2.6
(let ((p (make-parameter 1))) (list (p) (parameterize ((p 2)) (p)) (p))) ; => (1 2 1)
(let ((p (make-parameter 1 -))) (list (p) (parameterize ((p 2)) (p)) (p))) ; => (-1 -2 -1)
(let ((p (make-parameter 5 (lambda (x) (* x 2))))) (parameterize ((p 3)) (parameterize ((p (p))) (p)))) ; => 12
(let ((p (make-parameter 1))) (parameterize ((p 2)) (define x (p)) (set! x (+ x 1)) x)) ; => 3
(let ((p (make-parameter 1)) (q (make-parameter 2))) (parameterize ((p (q)) (q (p))) (list (p) (q)))) ; => (2 1)
(let ((p (make-parameter 1))) (parameterize ((p 2)) ((lambda () (p))))) ; => 2
(let* ((p (make-parameter 1)) (f (parameterize ((p 2)) (lambda () (p))))) (f)) ; => 1
(let ((p (make-parameter 1))) (call/cc (lambda (k) (parameterize ((p 2)) (k #f)))) (p)) ; => 1
(let ((p (make-parameter 1))) (guard (e (#t (list e (p)))) (parameterize ((p 2)) (raise (p))))) ; => (2 1)
(let ((p (make-parameter 1))) (call-with-values (lambda () (parameterize ((p 2)) (values (p) 3))) list)) ; => (2 3)
(let ((order '())) (define (note x) (set! order (cons x order)) x)
  (let ((p (make-parameter 1 (lambda (x) (note (list 'p x)) x))) (q (make-parameter 2 (lambda (x) (note (list 'q x)) x))))
    (set! order '()) (parameterize ((p (note 10)) (q (note 20))) (length order)))) ; => 4
;; A converter that fails leaves all parameters as they were
(let ((p (make-parameter 1)) (q (make-parameter 2 (lambda (x) (if (number? x) x (error "no number" x))))))
  (list (guard (e (#t (list (p) (q)))) (parameterize ((p 10) (q 'x)) 1)) (p) (q))) ; => ((1 2) 1 2)
(make-parameter 1 (lambda (x) (error "converter" x))) ; !! converter 1
(make-parameter)                        ; !! argument
(make-parameter 1 2)                    ; !! 2
(parameterize ((car 1)) 1)              ; !! parameterize
(parameterize (((lambda () 1) 1)) 1)    ; !! parameterize
(parameterize ((a)) 1)                  ; !! parameterize
(parameterize)                          ; !! parameterize
(let ((p (make-parameter 1))) (parameterize ((p 2)))) ; !! parameterize
(let ((p (make-parameter 1))) (p 2))    ; !! argument

;; 4.2.8
`a                                      ; => a
`,'a                                    ; => a
`"s"                                    ; => "s"
`#u8(1 2)                               ; => #u8(1 2)
`(,@'() . ,'a)                          ; => a
`(1 ,@'(2 3))                           ; => (1 2 3)
`(,@'(1 2) ,@'(3))                      ; => (1 2 3)
`((,@'(1)) ,@'() 2)                     ; => ((1) 2)
`#(,@'(1 2) #(,(+ 1 2)))                ; => #(1 2 #(3))
`(a . (b ,(+ 1 1)))                     ; => (a b 2)
`(unquote (+ 1 2))                      ; => 3
`(1 . (unquote (+ 1 2)))                ; => (1 . 3)
`(quasiquote (unquote (unquote (+ 1 2)))) ; => `,3
`(`,,1)                                 ; => (`,1)
`,`,(+ 1 2)                             ; => 3
(let ((x 5)) `(,x `(,,x)))              ; => (5 `(,5))
(let ((x '(1 2))) `(`(,@,x)))           ; => (`(,@(1 2)))
(let ((tail (list 1 2))) (eq? tail (cdr `(0 . ,tail)))) ; => #t
(let ((quasiquote list)) `5)            ; => (5)
`(1 ,@5 2)                              ; !!
`(,@'(1 . 2) 3)                         ; !!
`#(,@5)                                 ; !!
(unquote-splicing '(1))                 ; !!
`(,(values 1) ,@(list))                 ; => (1)
(unquote)                               ; !!

;; 4.2.9
((case-lambda ((a) 1) ((a b) 2) (a 'rest)) 1 2) ; => 2
((case-lambda ((a) 1) ((a b) 2) (a (cons 'rest a)))) ; => (rest)
((case-lambda ((a) 1) ((a b . c) c)) 1 2 3 4) ; => (3 4)
((case-lambda ((a b . c) c) ((a) 1)) 5) ; => 1
((case-lambda (a 'first) ((a) 'second)) 1) ; => first
((case-lambda ((a) (define b a) b)) 3)  ; => 3
((case-lambda ((a) 1)) 1 2)             ; !! argument
(case-lambda ((a)))                     ; !! case-lambda
(case-lambda 5)                         ; !! case-lambda
(case-lambda ((a a) 1))                 ; !! a
(procedure? (case-lambda))              ; => #t
