;; Section 4.1: primitive expression types.
(import (scheme base) (scheme write))

;; 4.1.1 Variable references
(define x 28)
x                                       ; => 28
no-such-variable                        ; !! unbound variable: no-such-variable

;; 4.1.2 Literal expressions
(quote a)                               ; => a
(quote #(a b c))                        ; => #(a b c)
(quote (+ 1 2))                         ; => (+ 1 2)
'a                                      ; => a
'#(a b c)                               ; => #(a b c)
'()                                     ; => ()
'(+ 1 2)                                ; => (+ 1 2)
'(quote a)                              ; => 'a
''a                                     ; => 'a
'145932                                 ; => 145932
145932                                  ; => 145932
'"abc"                                  ; => "abc"
"abc"                                   ; => "abc"
'#\a                                    ; => #\a
#\a                                     ; => #\a
'#u8(1 2)                               ; => #u8(1 2)
#u8(1 2)                                ; => #u8(1 2)
#(a b)                                  ; => #(a b)
'#t                                     ; => #t
#t                                      ; => #t
(quote)                                 ; !! quote
(quote a b)                             ; !! quote
;; It is an error to alter a constant
(set-car! '(a) 1)                       ; !! set-car!
(string-set! "abc" 0 #\x)               ; !! string-set!
(vector-set! #(1 2) 0 1)                ; !! vector-set!
(bytevector-u8-set! #u8(1 2) 0 1)       ; !! bytevector-u8-set!

;; 4.1.3 Procedure calls
(+ 3 4)                                 ; => 7
((if #f + *) 3 4)                       ; => 12
()                                      ; !! empty
(3 4)                                   ; !! 3
("no procedure")                        ; !! no procedure
(1 . 2)                                 ; !!
((lambda (x) x))                        ; !! argument
((lambda (x) x) 1 2)                    ; !! argument

;; 4.1.4 Procedures
(procedure? (lambda (x) (+ x x)))       ; => #t
((lambda (x) (+ x x)) 4)                ; => 8
(define reverse-subtract (lambda (x y) (- y x)))
(reverse-subtract 7 10)                 ; => 3
(define add4 (let ((x 4)) (lambda (y) (+ x y))))
(add4 6)                                ; => 10
((lambda x x) 3 4 5 6)                  ; => (3 4 5 6)
((lambda x x))                          ; => ()
((lambda (x y . z) z) 3 4 5 6)          ; => (5 6)
((lambda (x y . z) z) 3 4)              ; => ()
((lambda (x y . z) z) 3)                ; !! argument
(lambda (x x) x)                        ; !! x
(lambda (x . x) x)                      ; !! x
(lambda (1) 2)                          ; !! lambda
(lambda (x))                            ; !! lambda
(lambda)                                ; !! lambda
;; Each list of rest arguments is new
(let ((f (lambda args args)) (given (list 1 2))) (eq? (apply f given) given)) ; => #f

;; 4.1.5 Conditionals
(if (> 3 2) 'yes 'no)                   ; => yes
(if (> 2 3) 'yes 'no)                   ; => no
(if (> 3 2) (- 3 2) (+ 3 2))            ; => 1
(if '() 'true 'false)                   ; => true
(if 0 'true 'false)                     ; => true
(if)                                    ; !! if
(if #t)                                 ; !! if
(if 1 2 3 4)                            ; !! if

;; 4.1.6 Assignments
(define assigned 2)
(+ assigned 1)                          ; => 3
(set! assigned 4)
(+ assigned 1)                          ; => 5
(let ((y 1)) (set! y (+ y 1)) y)        ; => 2
(set! never-defined 1)                  ; !! never-defined
(set! assigned)                         ; !! set!
(set! 5 1)                              ; !! set!
(set! "x" 1)                            ; !! set!

;; 4.1.7 Inclusion
(let () (include "include/two-forms.scm") (list included-a (included-b 2))) ; => (1 (2 3))
(let () (include-ci "include/upper.scm") upper-name) ; => (a b "C" D)
(let () (include "include/two-forms.scm" "include/one-more.scm") (list included-a included-c)) ; => (1 c)
(list (include "include/expression.scm")) ; => (3)
(let () (include "include/no-such-file.scm") 1) ; !! no-such-file
(include)                               ; !! include

;; What the syntax of 7.1.3 does not allow is refused
(lambda x)                              ; !! lambda
(lambda (x . 1) x)                      ; !! lambda
(lambda ("x") x)                        ; !! lambda
(lambda (x y x) 1)                      ; !! x
(lambda (a . (b . a)) 1)                ; !! a
(lambda () . 1)                         ; !! lambda
(if . 1)                                ; !! if
(if 1 2 . 3)                            ; !! if
(quote . a)                             ; !! quote
(quote a . b)                           ; !! quote
(set! x)                                ; !! set!
(set! x 1 2)                            ; !! set!
(set! (car x) 1)                        ; !! set!
(set! . x)                              ; !! set!
(+ 1 . 2)                               ; !!
(include "no" . "good")                 ; !! include
(include 5)                             ; !! include
(include-ci)                            ; !! include-ci
if                                      ; !! if
lambda                                  ; !! lambda
(list else)                             ; !! else
(list =>)                               ; !! =>
(list ...)                              ; !! ...
(set! if 1)                             ; !! if
(let ((x 1)) (set! x 2 3))              ; !! set!
;; The operator is an expression like all others
((car (list + -)) 1 2)                  ; => 3
(((lambda (x) (lambda (y) (list x y))) 1) 2) ; => (1 2)
((let ((n 0)) (lambda () (set! n (+ n 1)) n))) ; => 1
((if #t car cdr) '(1 2))                ; => 1
((begin 1 car) '(1 2))                  ; => 1
((call/cc (lambda (k) k)) (lambda (x) 5)) ; => 5
(#t)                                    ; !! #t
('a 1)                                  ; !! a
((quote car) 1)                         ; !! car
(#(1) 0)                                ; !!
((lambda () 1) 2)                       ; !! argument
((lambda (a b . c) a) 1)                ; !! argument
;; Bodies
((lambda () 1 2 3))                     ; => 3
((lambda (x) (define y (+ x 1)) (set! y (* y 2)) y) 1) ; => 4
((lambda (x) (begin (define y 1)) (+ x y)) 1) ; => 2
((lambda () (begin) 7))                 ; => 7
