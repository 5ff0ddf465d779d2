;;; What instructions do that stand for a procedure: the common case, the rare ones, errors.
;;; Each is called from a procedure, so that its arguments are not known.
; stress: 1000
(import (scheme base) (scheme char) (scheme eval) (scheme write))

;; Characters, in tests and as values, with constants on either side
(define lambda-char (integer->char 955))
(define high-char (integer->char 65536))
(define (orders a b)
  (list (char<? a b) (char<=? a b) (char=? a b) (char>=? a b) (char>? a b)))
(define (order-tests a b)
  (list (if (char<? a b) 1 0) (if (char<=? a b) 1 0) (if (char=? a b) 1 0)
        (if (char>=? a b) 1 0) (if (char>? a b) 1 0)))
(orders #\a #\b)                       ; => (#t #t #f #f #f)
(orders #\b #\b)                       ; => (#f #t #t #t #f)
(orders high-char lambda-char)         ; => (#f #f #f #t #t)
(order-tests #\a #\b)                  ; => (1 1 0 0 0)
(order-tests lambda-char lambda-char)  ; => (0 1 1 1 0)
(order-tests high-char #\a)            ; => (0 0 0 1 1)
(define (against-k c)
  (list (if (char<? c #\k) 1 0) (if (char<=? c #\k) 1 0) (if (char=? c #\k) 1 0)
        (if (char>=? c #\k) 1 0) (if (char>? c #\k) 1 0)
        (if (char<? #\k c) 1 0) (if (char<=? #\k c) 1 0) (if (char=? #\k c) 1 0)
        (if (char>=? #\k c) 1 0) (if (char>? #\k c) 1 0)))
(against-k #\a)        ; => (1 1 0 0 0 0 0 0 1 1)
(against-k #\k)        ; => (0 1 1 1 0 0 1 1 1 0)
(against-k high-char)  ; => (0 0 0 1 1 1 1 0 0 0)
(define (digit? c) (char<=? #\0 c #\9))
(map digit? '(#\0 #\5 #\9 #\/ #\:))    ; => (#t #t #t #f #f)
(define (lambda-char? c) (if (char=? c #\λ) 'yes 'no))
(map lambda-char? (list lambda-char #\a))  ; => (yes no)
(orders 1 #\a)         ; !! char<?: expected a character as argument 1, got 1
(orders #\a 'b)        ; !! char<?: expected a character as argument 2, got b
(order-tests 'a 'b)    ; !! char<?: expected a character as argument 1, got a
(define (test-greater a b) (if (char>? a b) 1 0))
(test-greater #\a 'b)  ; !! char>?: expected a character as argument 2, got b
(test-greater 'a 'b)   ; !! char>?: expected a character as argument 1, got a
(define (test-greater-k a) (if (char>? #\k a) 1 0))
(test-greater-k 7)     ; !! char>?: expected a character as argument 2, got 7
(digit? "5")           ; !! char<=?: expected a character as argument 2, got "5"
(define (third-wrong a) (char<? #\a #\b a))
(third-wrong 3)        ; !! char<?: expected a character as argument 3, got 3

(define (to-char n) (integer->char n))
(map (lambda (n) (char->integer (to-char n))) '(0 97 55295 57344 1114111))
; => (0 97 55295 57344 1114111)
(to-char 55296)        ; !! integer->char: expected a Unicode scalar value as argument 1
(to-char 1114112)      ; !! integer->char: expected a Unicode scalar value as argument 1
(to-char -1)           ; !! integer->char: expected a Unicode scalar value as argument 1
(to-char 97.0)         ; !! integer->char: expected a Unicode scalar value as argument 1

;; Strings
(define (put! s i c) (string-set! s i c) s)
(put! (make-string 3 #\a) 1 #\b)          ; => "aba"
(put! (make-string 3 #\a) 2 #\xff)        ; => "aaÿ"
(put! (make-string 3 #\a) 0 lambda-char)  ; => "λaa"
(put! (make-string 3 lambda-char) 0 #\a)  ; => "aλλ"
(put! "literal" 0 #\b)      ; !! string-set!: argument 1 is a literal string
(put! (make-string 3) 3 #\b)    ; !! string-set!: index 3 out of range
(put! (make-string 3) -1 #\b)   ; !! string-set!: index -1 out of range
(put! (make-string 3) 'a #\b)   ; !! string-set!
(put! (make-string 3) 0 98)     ; !! string-set!: expected a character as argument 3
(put! '(a) 0 #\b)               ; !! string-set!: expected a string as argument 1

;; Vectors with known indices
(define (third v) (vector-ref v 2))
(define (third! v x) (vector-set! v 2 x) v)
(third (vector 1 2 3))          ; => 3
(third! (vector 1 2 3) '(4))    ; => #(1 2 (4))
(third (vector 1 2))            ; !! vector-ref: index 2 out of range for a vector of length 2
(third 'a)                      ; !! vector-ref: expected a vector as argument 1, got a
(third! (vector 1 2) 5)         ; !! vector-set!: index 2 out of range for a vector of length 2
(third! "abc" 5)                ; !! vector-set!: expected a vector as argument 1, got "abc"
(third! '#(1 2 3) 5)            ; !! vector-set!: argument 1 is a literal vector and cannot be changed
(define old (make-vector 5 0))
(do ((i 0 (+ i 1))) ((= i 1000)) (make-vector 1000 i))
(third! old (list 'young))      ; => #(0 0 (young) 0 0)

;; Equality
(define big 123456789012345678901234567890)
(define (same a b) (list (eq? a b) (eqv? a b) (equal? a b)))
(define (same-tests a b) (list (if (eq? a b) 1 0) (if (eqv? a b) 1 0) (if (equal? a b) 1 0)))
(same 'a 'a)                          ; => (#t #t #t)
(same 1.5 1.5)                        ; => (#t #t #t)
(same 1e300 (* 1e200 1e100))          ; => (#f #t #t)
(same big (+ (- big 1) 1))            ; => (#f #t #t)
(same 1 1.0)                          ; => (#f #f #f)
(same 0.0 -0.0)                       ; => (#f #f #f)
(same (list 1 2) (list 1 2))          ; => (#f #f #t)
(same (list 1 2) (vector 1 2))        ; => (#f #f #f)
(same (string #\a) (string #\a))      ; => (#f #f #t)
(same "a" 'a)                         ; => (#f #f #f)
(same-tests (list 1 2) (list 1 2))    ; => (0 0 1)
(same-tests big (+ (- big 1) 1))      ; => (0 1 1)
(same-tests car car)                  ; => (1 1 1)
(define (is-it x)
  (list (if (eq? x 'long-symbol) 1 0) (if (eqv? 'long-symbol x) 1 0)
        (if (equal? x 1234567) 1 0) (if (eqv? x #\λ) 1 0) (if (not (eq? x 'long-symbol)) 1 0)))
(map is-it (list 'long-symbol 1234567 lambda-char "x"))
; => ((1 1 0 0 0) (0 0 1 0 1) (0 0 0 1 1) (0 0 0 0 1))

;; Types
(define (kind x)
  (cond ((vector? x) 'vector) ((string? x) 'string) ((symbol? x) 'symbol)
        ((not (vector? x)) 'other)))
(map kind (list (vector) "" 'a 1 '()))   ; => (vector string symbol other other)

;; Records whose type is in a variable of the program
(define-record-type point (make-point x y) point? (x point-x set-point-x!) (y point-y))
(define-record-type other (make-other x) other? (x other-x))
(define (point-test x) (if (point? x) 'point 'none))
(map point-test (list (make-point 1 2) (make-other 1) 'a (vector 1 2)))
; => (point none none none)
(map point? (list (make-point 1 2) (make-other 1) 5))  ; => (#t #f #f)
(define p (make-point 1 2))
(let () (set-point-x! p (list 3)) (list (point-x p) (point-y p)))   ; => ((3) 2)
(do ((i 0 (+ i 1))) ((= i 1000)) (make-vector 1000 i))
(let () (set-point-x! p (list 'young)) (point-x p))    ; => (young)
(point-x (make-other 1))       ; !! point-x: expected a point, got
(set-point-x! 'a 1)            ; !! set-point-x!: expected a point, got a
(let loop ((i 0) (last #f))    ; fills holes again and again
  (if (= i 20000) (point-y last) (loop (+ i 1) (make-point last i))))  ; => 19999

;; Primitives in tests: any value counts, errors are theirs, and the way may be far.
(define (class c) (if (char-alphabetic? c) 'letter (if (not (char-numeric? c)) 'other 'digit)))
(map class '(#\a #\1 #\- #\é #\٣))               ; => (letter digit other letter digit)
(class "a")                                      ; !! char-alphabetic?: expected a character as argument 1
(define (found x list) (if (memv x list) 'yes (if (assv x '((7 . #f))) 'there 'no)))
(map (lambda (x) (found x '(1 2))) '(2 3 7))     ; => (yes no there)
(found 3 '(1 . 2))                               ; !! memv: expected a proper list as argument 2
(define (same a b) (cond ((string=? a b) 1) ((string<? a b) 2) (else 3)))
(list (same "a" "a") (same "a" "b") (same "b" "a"))  ; => (1 2 3)
(same "a" 'b)                                    ; !! string=?: expected a string as argument 2, got b
(define (while-odd n) (let loop ((i n) (k 0)) (if (odd? i) (loop (quotient i 2) (+ k 1)) k)))
(list (while-odd 0) (while-odd 7) (while-odd 11))  ; => (0 3 2)
(while-odd 'x)                                   ; !! odd?: expected an integer as argument 1, got x
(define (both s t) (and (string? s) (string=? s t) (not (member s '("z" "y")))))
(list (both 1 2) (both "a" "b") (both "a" "a") (both "z" "z"))  ; => (#f #f #t #f)
(define far-test
  (eval `(lambda (a b)
           (let ((v (vector 0)))
             (if (string=? a b)
                 (begin
                   ,@(make-list 12000 '(vector-set! v 0 (+ (vector-ref v 0) 1)))
                   (vector-ref v 0))
                 'other)))
        (environment '(scheme base))))
(list (far-test "a" "a") (far-test "a" "b"))     ; => (12000 other)
