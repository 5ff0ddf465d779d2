;; Procedures within procedures that call each other by name: with one closure for several, or none.
;; stress: 20
(import (scheme base) (scheme cxr) (scheme write) (scheme case-lambda))

;; Mutual recursion over variables of a procedure around it, which is entered often
(define (parity n)
  (define steps '())
  (define (e? k) (set! steps (cons k steps)) (cond ((= k 0) 'even) ((> k n) (list (e? n))) (else (o? (- k 1) k))))
  (define (o? k from) (cond ((= k 0) 'odd) ((= from 0) (o? n 1)) (else (let ((r (e? (- k 1)))) (set! n (+ n 1)) r))))
  (let* ((a (e? 6)) (b (o? 5 5)) (c (e? (+ n 2))))
    (list a b c n (length steps))))
(list (parity 4) (parity 7)) ; => (((even) even (odd) 13 13) (even even (odd) 19 15))

;; Some escape, some don't; what is eq? stays so, and each has its own name
(define (family x)
  (define (first k) (if (= k 0) (list x first second) (cons 'f (second (- k 1)))))
  (define (second k) (if (= k 0) (list x second first) (cons 's (third (- k 1)))))
  (define (third k) (if (= k 0) (list first second x) (cons 't (first (- k 1)))))
  (define (fourth k) (if (= k 0) (third 0) (fifth (- k 1) k)))
  (define (fifth k l) (if (= k 0) (list l x) (append (fourth (- k 1)) (list l))))
  (list first second (first 0) (second 4) (third 2) (fourth 5) (fifth 4 1)))
(let ((f (family 'one)) (g (family 'two)))
  (list (eq? (list-ref f 0) (cadr (list-ref f 2))) (eq? (list-ref f 1) (caddr (list-ref f 2)))
        (eq? (list-ref f 0) (list-ref f 1)) (eq? (list-ref f 0) (list-ref g 0)) (length (list-ref f 3))
        (map procedure? (list-ref g 4)) (list-tail (list-ref g 5) 2) (list-tail (list-ref g 6) 3))) ; => (#t #t #f #f 7 (#f #f #f #t #t) (3 5) (1))
(let ((f (family 1)) (port (open-output-string))) (write (list (car f) (cadr f)) port) (get-output-string port)) ; => "(#<procedure first> #<procedure second>)"
(((lambda (l) (list-ref l 1)) (family 3)) 1 2) ; !! second: expected 1 argument, got 2; it is (second k)

;; Clauses and rest parameters, bound where the call is
(define (spread-out base)
  (define rest-of (case-lambda (() base) ((a) (+ a (rest-of))) ((a b) (* a (rest-of b)))
                               ((a b . more) (apply + (rest-of a) b (map rest-of more)))))
  (define (count . all) (if (null? all) base (+ 1 (apply count (cdr all)))))
  (define (sum first . more) (if (null? more) (+ first (rest-of)) (+ first (rest-of first (car more)) (apply sum more))))
  (list (rest-of) (rest-of 2) (rest-of 2 3) (rest-of 1 2 3 4) (count 1 2 3) (sum 1 2 3) (sum 5)))
(spread-out 10) ; => (10 12 26 40 13 54 15)
(let ((k 1)) (define (two a b) (if (= a 0) k (two (- a 1)))) (two 3 4)) ; !! two: expected 2 arguments, got 1; it is (two a b)

;; Chains: each calls those before it, over the same variables or others
(define (chain a b)
  (define (up l) (if (pair? l) (cons (+ a (car l)) (up (cdr l))) (list a)))
  (define (down l) (if (pair? l) (cons (- (car l) a) (down (up (cdr l)))) '()))
  (define (both l) (if (and (pair? l) (< (car l) b)) (cons (up l) (both (cdr l))) (list b (up l))))
  (define (deep k) (if (= k 0) (list (lambda (l) (both (up l)))) (cons (both (list k)) (deep (- k 1)))))
  (let ((made (deep 2))) (list (up '(1 2)) (both '(1 5 9)) ((list-ref made 2) '(1 3)) (car made) (cadr made))))
(chain 2 6) ; => ((3 4 2) ((3 7 11 2) (7 11 2) 6 (11 2)) ((5 7 4 2) (7 4 2) (4 2) 6 (2)) ((4 2) 6 (2)) ((3 2) 6 (2)))

;; Loops within that are no loops: they run in the closure of the procedure that they are in
(define (adder k l)
  (lambda (x) (define (up i) (if (< i k) (cons i (up (+ i 1))) (l i))) (if (odd? x) (list (up x) (up 0)) (lambda () (up x)))))
(list ((adder 5 list) 3) (((adder 4 -) 2))) ; => (((3 4 5) (0 1 2 3 4 5)) (2 3 . -4))
(define (nest a)
  (define (one b)
    (define (two c)
      (define (three d) (cond ((= d 0) (list a b c)) ((= d 1) (two (- c 1))) (else (cons d (three (- d 1))))))
      (if (> c 0) (append (three c) (if (> b 0) (one (- b 1)) '(end))) (list a b c)))
    (two 3))
  (one 1))
(nest 'a) ; => (3 2 2 a 1 0 3 2 2 a 0 0 end end end 3 2 2 a 0 0 end end end 3 2 2 a 0 0 end end end)

;; Continuations that come back to a frame of a shared closure
(define (again n)
  (define back #f)
  (define log '())
  (define (walk l) (if (null? l) (stop) (let ((x (visit (car l)))) (let ((r (walk (cdr l)))) (cons (+ x n) r)))))
  (define (visit x) (call/cc (lambda (k) (if (= x 2) (set! back k)) (if (> x 2) (begin (set! log (cons x log)) (* 10 x)) x))))
  (define (stop) (if (< (length log) 3) (begin (set! n (+ n 1)) (back n)) (list log)))
  (walk '(1 2 3)))
(again 100) ; => (103 204 132 (3 3 3))

;; Many variables, and many arguments
(define (wide a b c d e f g h i j)
  (define (all x) (if (< x 0) (list a b c d e f g h i j) (cons (+ x a j) (some (- x 1)))))
  (define (some x) (if (< x 0) (all x) (append (all (- x 1)) (list (lambda () (all -1)) (lambda () (some -1))))))
  (let ((r (all 3))) (list (length r) (equal? ((list-ref r (- (length r) 1))) ((list-ref r (- (length r) 2)))) (car r))))
(wide 1 2 3 4 5 6 7 8 9 10) ; => (16 #t 14)
(define (many n)
  (define (f a b c d e f2 g h i j k l m n2 o p q r s t) (if (= a 0) (list n t) (g2 (- a 1) b c d e f2 g h i j k l m n2 o p q r t s)))
  (define (g2 a . more) (if (= a 0) (cons n more) (cons a (apply f (- a 1) more))))
  (f n 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19))
(list (many 4) (many 1)) ; => ((3 1 4 19) (1 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 19 18))

;; Deep recursion through several of them, over more than one segment of the stack
(define (deep n)
  (define (a k) (if (= k 0) n (+ 1 (b (- k 1) k))))
  (define (b k l) (if (= k 0) l (+ 1 (c (- k 1) k l))))
  (define (c k l m) (if (= k 0) m (+ 1 (a (- k 1)))))
  (list (a 30000) (b 30000 1) (c 30001 1 2)))
(deep 7) ; => (30007 30001 30008)

;; What is in a free variable is called there, whatever it is
(define (caller f) (lambda (x y) (let* ((a (f x)) (b (f (+ y 1)))) (list a b x y))))
(define (tail-caller f) (lambda (x) (set! x (+ x 1)) (f x x)))
(define (passer f) (lambda (x y) (cons (f (+ x 1) y) (f y (+ x 1)))))
((caller -) 1 2) ; => (-1 -3 1 2)
((caller (lambda l l)) 1 2) ; => ((1) (3) 1 2)
((caller (case-lambda ((x) (* x x)) ((x y) y))) 1 2) ; => (1 9 1 2)
(call/cc (lambda (k) ((caller k) 'out 2))) ; => out
((caller 5) 1 2) ; !! not a procedure: 5
((caller (lambda (a b) a)) 1 2) ; !! expected 2 arguments, got 1
((caller cons) 1 2) ; !! cons: expected 2 arguments, got 1
(list ((tail-caller +) 1) ((tail-caller (lambda (x y) (* x y))) 2) ((tail-caller list) 3)) ; => (4 9 (4 4))
((tail-caller (lambda (x) x)) 1) ; !! expected 1 argument, got 2
((tail-caller 'no) 1) ; !! not a procedure: no
(list ((passer cons) 1 2) ((passer (lambda (x . y) y)) 1 2) ((passer max) 1 2)) ; => (((2 . 2) 2 . 2) ((2) 2) (2 . 2))
((passer car) 1 2) ; !! car: expected 1 argument, got 2
((passer (make-parameter 1)) 1 2) ; !! arguments, got 2
