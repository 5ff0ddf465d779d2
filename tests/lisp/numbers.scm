;; Numbers: the procedures of section 6.2 on exact integers and flonums.
(import (scheme base) (scheme inexact) (scheme write))

;; Kinds
(write (map number? '(1 1.5 "1" a)))    ; => (#t #t #f #f)
(write (map integer? '(3 3.0 3.5 +inf.0 a)))        ; => (#t #t #f #f #f)
(write (map rational? '(3 3.5 +inf.0 +nan.0)))      ; => (#t #t #f #f)
(write (map exact-integer? '(3 3.0)))   ; => (#t #f)
(write (map exact? '(3 3.0)))           ; => (#t #f)
(write (map nan? '(+nan.0 1 1.5)))      ; => (#t #f #f)
(write (map finite? '(1 1.5 -inf.0)))   ; => (#t #t #f)
(exact? 'a)                             ; !! exact?: expected a number as argument 1, got a

;; Comparison
(write (= 1 1.0 1))                     ; => #t
(write (= 9007199254740993 9007199254740992.0))     ; => #f
(write (< 1 2 3 3))                     ; => #f
(write (<= 1 2 3 3))                    ; => #t
(write (< +nan.0 1))                    ; => #f
(write (apply > '(3 2 1)))              ; => #t
(< 1 'b)                                ; !! <: expected a real number as argument 2, got b
(write (max 1 2.0 3))                   ; => 3.0
(write (min 4 2 3))                     ; => 2
(write (list (zero? -0.0) (positive? 1) (negative? -2.5) (odd? 3) (even? 4.0)))
                                        ; => (#t #t #t #t #t)
(even? 2.5)                             ; !! even?: expected an integer as argument 1, got 2.5

;; Arithmetic
(write (list (+) (*) (+ 1 2 3) (* 2 3 4) (- 5) (- 10 1 2) (/ 12 3 2)))
                                        ; => (0 1 6 24 -5 7 2)
(write (+ 2305843009213693951 1))       ; => 2305843009213693952
(write (- -2305843009213693952 1))      ; => -2305843009213693953
(write (* 4611686018427387904 4611686018427387904)) ; => 21267647932558653966460912964485513216
(write (- (* 99999999999 99999999999) 9999999999800000000000))  ; => 1
(write (+ 0.1 0.2))                     ; => 0.30000000000000004
(write (* 2 0.5))                       ; => 1.0
(write (/ 1 0.0))                       ; => +inf.0
(/ 1 0)                                 ; !! /: division by zero
(+ 1 'a)                               ; !! +: expected a number as argument 2, got a
(write (list (abs -5) (abs -0.5) (square 5) (square 1.5)))      ; => (5 0.5 25 2.25)

;; Integer division
(write (call-with-values (lambda () (floor/ -7 2)) list))       ; => (-4 1)
(write (call-with-values (lambda () (truncate/ -7 2)) list))    ; => (-3 -1)
(write (list (quotient -7 2) (remainder -7 2) (modulo -7 2)))   ; => (-3 -1 1)
(write (list (floor-quotient 7 -2) (floor-remainder 7 -2)))     ; => (-4 -1)
(write (list (truncate-quotient 7 -2) (truncate-remainder 7 -2)))       ; => (-3 1)
(write (quotient 7.0 2))                ; => 3.0
(write (modulo -100000000000000000001 10))          ; => 9
(modulo 5 0)                            ; !! modulo: division by zero
(write (list (gcd) (gcd 32 -36) (gcd -5) (lcm) (lcm 32 -36) (lcm 32.0 -36)))
                                        ; => (0 4 5 1 288 288.0)
(write (list (numerator 0.75) (denominator 0.75) (numerator 6) (denominator 6)))
                                        ; => (3.0 4.0 6 1)
(write (list (rationalize .3 .1) (rationalize 5 2)))            ; => (0.3333333333333333 3)

;; Rounding
(write (map floor '(-4.3 3.5 7)))       ; => (-5.0 3.0 7)
(write (map ceiling '(-4.3 3.5 7)))     ; => (-4.0 4.0 7)
(write (map truncate '(-4.3 3.5 7)))    ; => (-4.0 3.0 7)
(write (map round '(-4.3 3.5 2.5 7)))   ; => (-4.0 4.0 2.0 7)

;; Powers, roots and transcendental functions
(write (list (sqrt 16) (sqrt 2) (sqrt 16.0) (sqrt 100000000000000000000000000)))
                                        ; => (4 1.4142135623730951 4.0 10000000000000)
(write (call-with-values (lambda () (exact-integer-sqrt 17)) list))     ; => (4 1)
(exact-integer-sqrt -1)                 ; !! exact-integer-sqrt: expected an exact non-negative integer
(write (list (expt 2 100) (expt 2 -1) (expt 2.0 3) (expt 0 0))) ; => (1267650600228229401496703205376 1/2 8.0 1)
(expt 0 -1)                             ; !! expt: division by zero
(write (list (exp 0) (log 1) (sin 0) (cos 0) (atan 0) (atan 0 1)))      ; => (1 0 0 1 0 0)
(write (list (exp 1) (atan 1 1) (log 8 2)))         ; => (2.718281828459045 0.7853981633974483 3.0)
(write (log (expt 10 1000) 10))         ; => 1000.0

;; Exactness
(write (list (exact 2.0) (exact 1e22) (inexact 3)))             ; => (2 10000000000000000000000 3.0)
(exact 2.5)                             ; => 5/2
(exact +nan.0)                          ; !! exact: expected a finite number

;; Text
(write (list (number->string 255 16) (number->string -0.1) (number->string (expt 36 20) 36)))
                                        ; => ("ff" "-0.1" "100000000000000000000")
(write (map string->number '("10" "#xff" "1e3" "1e400000000" "abc" "" "-")))
                                        ; => (10 255 1000.0 +inf.0 #f #f #f)
(write (string->number "ff" 16))        ; => 255
(number->string 1 1)                    ; !! number->string: expected a radix from 2 to 36
(write '(0.1 1e21 1e100 100.0 -0.0 5e-324 +inf.0 -inf.0 +nan.0 1e-7))
                                        ; => (0.1 1e21 1e100 100.0 -0.0 5e-324 +inf.0 -inf.0 +nan.0 1e-7)
