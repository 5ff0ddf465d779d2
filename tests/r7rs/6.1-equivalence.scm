;; Section 6.1: equivalence predicates.
(import (scheme base) (scheme write))

(eqv? 'a 'a)                            ; => #t
(eqv? 'a 'b)                            ; => #f
(eqv? 2 2)                              ; => #t
(eqv? 2 2.0)                            ; => #f
(eqv? '() '())                          ; => #t
(eqv? 100000000 100000000)              ; => #t
(eqv? 100000000000000000000 100000000000000000000) ; => #t
(eqv? 100000000000000000000 100000000000000000001) ; => #f
(eqv? 0.0 +nan.0)                       ; => #f
(eqv? 0.0 -0.0)                         ; => #f
(eqv? 1.5 1.5)                          ; => #t
(eqv? 1e300 1e300)                      ; => #t
(eqv? 1e-300 1e-300)                    ; => #t
(eqv? +inf.0 +inf.0)                    ; => #t
(eqv? (cons 1 2) (cons 1 2))            ; => #f
(eqv? (lambda () 1) (lambda () 2))      ; => #f
(let ((p (lambda (x) x))) (eqv? p p))   ; => #t
(eqv? #f 'nil)                          ; => #f
(eqv? #f '())                           ; => #f
(eqv? #t #t)                            ; => #t
(eqv? #\a #\a)                          ; => #t
(eqv? #\a "a")                          ; => #f
(eqv? (string #\a) (string #\a))        ; => #f
(eqv? (vector 1) (vector 1))            ; => #f
(eqv? (bytevector 1) (bytevector 1))    ; => #f
(define gen-counter (lambda () (let ((n 0)) (lambda () (set! n (+ n 1)) n))))
(let ((g (gen-counter))) (eqv? g g))    ; => #t
(eqv? (gen-counter) (gen-counter))      ; => #f
(letrec ((f (lambda () (if (eqv? f g) 'f 'both))) (g (lambda () (if (eqv? f g) 'g 'both)))) (eqv? f g)) ; => #f
(let ((x '(a))) (eqv? x x))             ; => #t

(eq? 'a 'a)                             ; => #t
(eq? (list 'a) (list 'a))               ; => #f
(eq? '() '())                           ; => #t
(eq? car car)                           ; => #t
(let ((x '(a))) (eq? x x))              ; => #t
(let ((x '#())) (eq? x x))              ; => #t
(let ((p (lambda (x) x))) (eq? p p))    ; => #t

(equal? 'a 'a)                          ; => #t
(equal? '(a) '(a))                      ; => #t
(equal? '(a (b) c) '(a (b) c))          ; => #t
(equal? "abc" "abc")                    ; => #t
(equal? "abc" "abd")                    ; => #f
(equal? 2 2)                            ; => #t
(equal? 2 2.0)                          ; => #f
(equal? (make-vector 5 'a) (make-vector 5 'a)) ; => #t
(equal? '#1=(a b . #1#) '#2=(a b a b . #2#)) ; => #t
(equal? '#1=(a b . #1#) '#2=(a c . #2#)) ; => #f
(equal? '#1=#(a #1#) '#2=#(a #(a #2#))) ; => #t
(equal? '#1=(#1# . #1#) '#2=((#2# . #2#) . #2#)) ; => #t
(equal? '#(1 2) '(1 2))                 ; => #f
(equal? '#(1 2) '#(1 2 3))              ; => #f
(equal? '(1 2) '(1 2 . 3))              ; => #f
(equal? #u8(1 2) #u8(1 2))              ; => #t
(equal? #u8(1 2) '#(1 2))               ; => #f
(equal? "" "")                          ; => #t
(equal? '() '#())                       ; => #f
(equal? #\a #\a)                        ; => #t
(equal? car car)                        ; => #t
(equal? "λ" "λ")                        ; => #t
(equal? 100000000000000000000 100000000000000000000) ; => #t
(equal? +nan.0 +nan.0)                  ; => #t
(equal? 0.0 -0.0)                       ; => #f
;; Shared structure, exponential if each pair were compared each time
(define (double n x) (if (= n 0) x (double (- n 1) (cons x x))))
(equal? (double 200 '()) (double 200 '())) ; => #t
(equal? (double 200 'a) (double 200 'b)) ; => #f
(eq?)                                   ; !! argument
(eqv? 1)                                ; !! argument
(equal? 1 2 3)                          ; !! argument
