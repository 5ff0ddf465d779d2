; What the compiler finds out about variables must be so. tests/interp/test_facts.c looks at what
; it makes of that.
(import (scheme base) (scheme write) (scheme char))

; Assigned variables change between a test and what follows it.
(let ((x (list 1)))
  (if (pair? x)
      (begin (set! x 5) (pair? x))
      'no))                             ; => #f
(let ((x '()))
  (define (change!) (set! x (list 7)))
  (if (null? x) (change!))
  (if (null? x) 'null (car x)))         ; => 7

; A continuation that is entered again brings other values to variables bound after it.
(let ((k #f) (round 0) (seen '()))
  (let ((x (call/cc (lambda (c) (set! k c) '()))))
    (set! seen (cons (if (null? x) 'null (if (pair? x) 'pair 'other)) seen))
    (set! round (+ round 1))
    (if (= round 1) (k (list 1)))
    (if (= round 2) (k 'a))
    seen))                              ; => (other pair null)
(let ((k #f) (rounds 0))
  (define (loop i seen)
    (let ((x (if (call/cc (lambda (c) (if (= i 1) (set! k c)) (= i 0))) 1 (list i))))
      (cond ((< i 2) (loop (+ i 1) (cons (pair? x) seen)))
            ((< rounds 2) (set! rounds (+ rounds 1)) (k (= rounds 1)))
            (else (reverse (cons (list 'last (pair? x)) seen))))))
  (loop 0 '()))                         ; => (#f #t (last #t))

; Pairs stay pairs, whatever is put into them.
(let ((p (list 1 2)))
  (if (pair? (cdr p))
      (begin (set-cdr! p 3) (list (pair? p) (pair? (cdr p))))
      'no))                             ; => (#t #f)

; A variable of a loop is of another kind in a late round.
(let loop ((i 0) (a 0) (b 0) (c 'c) (seen '()))
  (if (= i 5)
      (reverse seen)
      (loop (+ i 1) b c i (cons (if (symbol? a) 'symbol (if (number? a) 'number 'other)) seen)))) ; => (number number symbol number number)
(let loop ((n 0) (x '()))
  (cond ((= n 4) (list x (vector? x)))
        ((null? x) (loop (+ n 1) (list n)))
        ((pair? x) (loop (+ n 1) (vector x)))
        (else (loop (+ n 1) (vector-ref x 0))))) ; => (#((0)) #t)

; An index leaves the fixnums.
(let loop ((i 2305843009213693949) (n 0))
  (if (= n 4) i (loop (+ i 1) (+ n 1)))) ; => 2305843009213693953
(let ((limit 2305843009213693953))
  (let loop ((i 2305843009213693950) (seen '()))
    (if (< i limit)
        (loop (+ i 1) (cons (= i 2305843009213693952) seen))
        seen)))                         ; => (#t #f #f)
(let loop ((i -2305843009213693950) (seen '()))
  (if (> i -2305843009213693955)
      (loop (- i 1) (cons (eqv? i -2305843009213693954) seen))
      seen))                            ; => (#t #f #f #f #f)
(let loop ((i 3) (seen '()))
  (if (= i 0) seen (loop (- i 1) (cons (= i 2) seen)))) ; => (#f #t #f)
(let loop ((i 3) (seen '()))
  (if (< i 1) seen (loop (- i 1/2) (cons (= i 2) seen)))) ; => (#f #f #t #f #f)
(let loop ((i 0) (seen '()))
  (if (< i 2) (loop (+ i 0.5) (cons (= i 1) seen)) seen)) ; => (#f #t #f #f)

; Numbers that are equal need not be the same, and NaN is not in order.
(let ((f (lambda (x) (if (= x 0) (eqv? x 0) 'other))))
  (list (f 0) (f 0.0) (f -0.0) (f 1)))  ; => (#t #f #f other)
(let ((f (lambda (x) (if (< x 0) 'less (if (>= x 0) 'not-less 'neither)))))
  (map f (list -1 0 1.0 -1/2 (/ 0. 0.)))) ; => (less not-less not-less less neither)
(let ((f (lambda (x y) (if (equal? x y) (list (exact? x) (exact? y)) (= x y)))))
  (list (f 2 2.0) (f 2 2) (f 1e300 1e300))) ; => (#t (#t #t) (#f #f))
(let ((f (lambda (x) (if (integer? x) (= x 3) 'no))))
  (list (f 3) (f 3.0) (f 7/2) (f 'x)))  ; => (#t #t no no)
(* 0 1.5)                               ; => 0.0

; Products and quotients have signs, the least fixnum has no opposite.
(let ((n -2305843009213693952))
  (list (- n) (- 0 n) (* n -1) (quotient n -1) (positive? (- n)))) ; => (2305843009213693952 2305843009213693952 2305843009213693952 2305843009213693952 #t)
(let ((n (string-length "abc")))
  (list (= (* n 768614336404564650) 2305843009213693950) (< (* n n) 0) (= (- n 4) -1) (= (- n 3) 0))) ; => (#t #f #t #t)
(let ((n (string-length "abc")))
  (= (- (* n -768614336404564651) 0) -2305843009213693953)) ; => #t

; Errors are the same where the same was asked before, and where it was not.
(let ((f (lambda (c) (if (char=? c #\a) 1 (if (char=? c #\b) 2 3)))))
  (list (f #\a) (f #\b) (f #\c)))       ; => (1 2 3)
(let ((f (lambda (c) (if (char=? c #\a) 1 (if (char=? c #\b) 2 3)))))
  (f "b"))                              ; !! char=?: expected a character as argument 1
(let ((f (lambda (c d) (if (char=? c #\a) 1 (if (char=? c d) 2 3)))))
  (f #\b 'd))                           ; !! char=?: expected a character as argument 2
(let ((f (lambda (x) (if (if (pair? x) #f #t) (car x) 1))))
  (f 2))                                ; !! car: expected a pair as argument 1
(let ((f (lambda (v i) (vector-ref v i) (vector-ref v (+ i 1)))))
  (f (vector 1 2) 1))                   ; !! vector-ref: index 2 out of range

; One of the arguments of a jump fails: whichever comes first, the record is not taken for one.
(define-record-type point (make-point x y) point? (x px set-px!) (y py))
(define-record-type other (make-other x) other? (x ox))
(define (walk p n x y)
  (if (= n 0) (list x y) (walk p (- n 1) (px p) (py p))))
(walk (make-point 1 2) 3 0 0)           ; => (1 2)
(walk (make-other 1) 3 0 0)             ; !! expected
(walk 5 3 0 0)                          ; !! expected
(let loop ((p (make-point 1 2)) (n 0) (seen '()))
  (cond ((= n 3) seen)
        ((point? p) (set-px! p (+ (px p) 1)) (loop (make-other p) (+ n 1) (cons (px p) seen)))
        ((other? p) (loop (ox p) (+ n 1) (cons 'other seen))))) ; => (3 other 2)
(let ((f (lambda (p) (if (point? p) (list (px p) (py p) (other? p)) (ox p)))))
  (list (f (make-point 1 2)) (f (make-other 3)))) ; => ((1 2 #f) 3)
(let ((f (lambda (p) (if (point? p) (px p) (py p)))))
  (f (make-other 1)))                   ; !! py: expected
(let ((f (lambda (p) (px p) (set-px! p 9) (list (px p) (py p)))))
  (f (make-point 1 2)))                 ; => (9 2)

; A test that raises is still done.
(let ((f (lambda (x) (if (and (< x 1) (null? x)) 1 2))))
  (f 'a))                               ; !! <: expected a real number
(let ((x (string->symbol "s")))
  (list (eq? x 's) (eqv? x 's) (equal? x "s") (equal? "s" x))) ; => (#t #t #f #f)

; Behind an error of one branch the other one's test holds.
(define (checked x)
  (if (not (pair? x)) (error "no pair" x))
  (if (pair? x) (car x) 'never))
(checked '(1))                          ; => 1
(checked 1)                             ; !! no pair
(define (handled x)
  (call/cc (lambda (k)
    (with-exception-handler
      (lambda (e) (k (if (pair? x) 'pair 'handled)))
      (lambda () (if (not (pair? x)) (raise 'no)) (if (pair? x) (car x) 'never))))))
(list (handled 1) (handled '(2)))       ; => (handled 2)
(define (continued x)
  (with-exception-handler
    (lambda (e) 'back)
    (lambda () (if (not (pair? x)) (raise-continuable 'no)) (if (pair? x) 'pair 'other))))
(list (continued 1) (continued '(2)))   ; => (other pair)

; Mutual loops whose variables change places.
(letrec ((ping (lambda (n a b) (if (= n 0) (list a b (null? a)) (pong (- n 1) b a))))
         (pong (lambda (n a b) (if (= n 0) (list b a (pair? b)) (ping (- n 1) (list b) a)))))
  (list (ping 0 '() 1) (ping 1 '() 1) (ping 2 '() 1) (ping 3 '() 1))) ; => ((() 1 #t) (() 1 #f) ((()) 1 #f) ((()) 1 #t))
