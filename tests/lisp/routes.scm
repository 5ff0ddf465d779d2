; Constants that are tested as soon as they are there: control goes where the test leads.
(import (scheme base) (scheme write))

(define (compare x y) (cond ((< x y) 'less) ((= x y) 'equal) (else 'more)))
(define (sign x y)
  (let ((r (compare x y)))
    (case r ((less) '-) ((equal) 0) (else (list r)))))
(map sign '(1 2 3) '(2 2 2))            ; => (- 0 (more))
(define (sorted? l)
  (or (null? l)
      (let loop ((x (car l)) (l (cdr l)))
        (if (null? l)
            'end
            (case (compare x (car l))
              ((less equal) (loop (car l) (cdr l)))
              (else #f))))))
(map sorted? '(() (1) (1 2 2 3) (1 3 2))) ; => (#t end end #f)

; What follows may read the variable, and then it has its value.
(define (seen f x)
  (let ((r (if (pair? x) (f x) (if (null? x) 'none #f))))
    (if r (if (eq? r 'none) (list r r) (vector r x)) (list 'not r x))))
(list (seen car '(1)) (seen car '()) (seen car 2) (seen car '(#f)) (seen car '(none))) ; => (#(1 (1)) (none none) (not #f 2) (not #f (#f)) (none none))
(define (kept x)
  (let ((r (if (null? x) 'none (if (pair? x) 'some 'other))))
    (if (eq? r 'some) (lambda () r) (lambda () (list r)))))
(map (lambda (x) ((kept x))) '(() (1) 1)) ; => ((none) some (other))

; Out of loops, and of what has several values or ends in another test.
(define (find k l)
  (let ((found (let loop ((l l))
                 (cond ((null? l) #f) ((eq? (car l) k) 'yes) ((eq? (car l) 'stop) (cdr l)) (else (loop (cdr l)))))))
    (cond ((not found) 'no) ((eq? found 'yes) 'found) (else found))))
(list (find 'c '(a b c)) (find 'c '()) (find 'c '(a stop x)) (find 'c '(stop))) ; => (found no (x) ())
(define (either x y)
  (let ((r (cond ((null? x) 'a) ((pair? x) 'b) (else x))))
    (if (or (eq? r 'a) (and (eq? r 'b) (y))) (list 'yes r) (list 'no r))))
(list (either '() car) (either '(1) (lambda () #t)) (either '(1) (lambda () #f)) (either 'a car) (either 'c car)) ; => ((yes a) (yes b) (no b) (yes a) (no c))
(define (nested x)
  (let ((a (let ((b (if (null? x) 1 (if (pair? x) 2 x)))) (if (eqv? b 1) 'one (if (eqv? b 2) 'two b)))))
    (if (eq? a 'one) (list 1) (if (eq? a 'two) (list 2) (list 'other a)))))
(map nested '(() (1) one two three 1))  ; => ((1) (2) (1) (2) (other three) (1))
(define (ranges n)
  (let ((r (cond ((< n 0) -1) ((= n 0) 0) ((< n 10) 1) ((< n 100) 2.5) (else n))))
    (cond ((< r 0) 'below) ((zero? r) 'zero) ((<= r 2.5) (list 'small r)) (else (list 'large r)))))
(map ranges '(-5 0 5 50 500))           ; => (below zero (small 1) (small 2.5) (large 500))

; Tests for members, and more constants than are told apart.
(define (class x)
  (let ((k (cond ((symbol? x) 'symbol) ((string? x) "string") ((char? x) #\c) ((number? x) 'number) (else #f))))
    (if (memv k '(symbol number)) 'name (if (member k '("string")) 'text (if (memq k '(#\c #f)) (list k) k)))))
(map class '(a "b" #\d 1 #(2)))         ; => (name text (#\c) name (#f))
(define (tail x)
  (let ((k (if (null? x) 'a (if (pair? x) 'b 'c))))
    (if (eq? k 'c) 'none (memq k '(a b)))))
(map tail '(() (1) 1))                  ; => ((a b) (b) none)
(define (many x)
  (let ((k (case x ((0) 'a) ((1) 'b) ((2) 'c) ((3) 'd) ((4) 'e) ((5) 'f) ((6) 'g) ((7) 'h) ((8) 'i) ((9) 'j) (else 'k))))
    (case k ((j) 9) ((i) 8) ((h) 7) ((g) 6) ((f) 5) ((e) 4) ((d) 3) ((c) 2) ((b) 1) ((a) 0) (else (list k x)))))
(map many '(0 1 2 3 4 5 6 7 8 9 10 x))  ; => (0 1 2 3 4 5 6 7 8 9 (k 10) (k x))
(define (vowel l) (if (let loop ((l l)) (if (null? (cdr l)) (memq (car l) '(a e i o u)) (loop (cdr l)))) 'yes 'no))
(map vowel '((x a) (a x) (u)))          ; => (yes no yes)

; A variable that is assigned has what it was given last.
(define (assigned x)
  (let ((r (if x 'a 'b)))
    (if (begin (set! r (if (eq? r 'a) 'b 'c)) (eq? r 'b)) (list 'b r) (list 'not r))))
(map assigned '(#t #f))                 ; => ((b b) (not c))

; Errors and continuations in between.
(define (fails x)
  (let ((r (if (null? x) 'none (car x))))
    (if (eq? r 'none) (vector-ref x 0) (+ r 1))))
(fails '(1))                            ; => 2
(fails '())                             ; !! expected a vector
(fails 1)                               ; !! expected a pair
(define again #f)
(let ((n 0))
  (let ((r (let ((r (call/cc (lambda (k) (set! again k) #f)))) (if r (list r n) 'first))))
    (set! n (+ n 1))
    (if (eq? r 'first) (again 'second) r))) ; => (second 1)

; Procedures that are known to be the same, or not.
(list (eq? car car) (eq? car cdr) (eqv? car cdr) (equal? cdr cdr)) ; => (#t #f #f #t)
