;; Section 6.2: numbers; exact integers and flonums.
(import (scheme base) (scheme inexact) (scheme write))

;; 6.2.6 Kinds
(complex? 3)                            ; => #t
(real? 3)                               ; => #t
(real? 1e10)                            ; => #t
(real? +nan.0)                          ; => #t
(rational? -inf.0)                      ; => #f
(rational? 3.5)                         ; => #t
(integer? 3.0)                          ; => #t
(integer? "3")                          ; => #f
(map number? (list 1 1.5 (expt 10 30) 'a "1" #\1)) ; => (#t #t #t #f #f #f)
(exact? 3.0)                            ; => #f
(exact? #e3.0)                          ; => #t
(inexact? 3.)                           ; => #t
(exact? "x")                            ; !! exact?
(inexact? 'x)                           ; !! inexact?
(exact-integer? 32)                     ; => #t
(exact-integer? 32.0)                   ; => #f
(exact-integer? 'a)                     ; => #f
(exact-integer? (expt 10 30))           ; => #t
(map finite? (list 3 +inf.0 -inf.0 +nan.0 1.5 (expt 10 400))) ; => (#t #f #f #f #t #t)
(map infinite? (list 3 +inf.0 -inf.0 +nan.0)) ; => (#f #t #t #f)
(map nan? (list +nan.0 32 1.5 +inf.0))  ; => (#t #f #f #f)
(nan? 'a)                               ; !! nan?

;; Comparison
(= 1 1 1)                               ; => #t
(= 1 1 2)                               ; => #f
(= 1)                                   ; => #t
(< 1 2 3)                               ; => #t
(< 1 3 2)                               ; => #f
(> 3 2 1)                               ; => #t
(<= 1 1 2)                              ; => #t
(>= 2 2 1)                              ; => #t
(>= 2 2 3)                              ; => #f
(= +nan.0 +nan.0)                       ; => #f
(< 1 +nan.0 2)                          ; => #f
(= 0.0 -0.0)                            ; => #t
(= 1 1.0)                               ; => #t
(< 9007199254740992.0 9007199254740993) ; => #t
(= (expt 10 23) 1e23)                   ; => #f
(< (expt 10 400) +inf.0)                ; => #t
(> (- (expt 10 400)) -inf.0)            ; => #t
(< (expt 10 400) 1e300)                 ; => #f
(< 1 2 'a)                              ; !! <: expected a real number as argument 3, got a
(apply < '(2 1 a))                      ; !! <
(= 'a)                                  ; !! =
(=)                                     ; !! argument
(map zero? '(0 0.0 -0.0 1 1e-300))      ; => (#t #t #t #f #f)
(map positive? '(1 0 -1 0.0 +inf.0))    ; => (#t #f #f #f #t)
(map negative? '(1 0 -1 -0.0 -inf.0))   ; => (#f #f #t #f #t)
(map odd? '(1 2 -1 3.0 100000000000000000001)) ; => (#t #f #t #t #t)
(map even? '(0 2 -1 4.0 100000000000000000000)) ; => (#t #t #f #t #t)
(zero? 'a)                              ; !! zero?: expected a number as argument 1, got a
(odd? 1.5)                              ; !! odd?
(odd? +inf.0)                           ; !! odd?
(max 3 4)                               ; => 4
(max 3.9 4)                             ; => 4.0
(min 1 2.0)                             ; => 1.0
(max 1 2 3)                             ; => 3
(max (expt 10 30) 1)                    ; => 1000000000000000000000000000000
(nan? (max 1 +nan.0))                   ; => #t
(nan? (min +nan.0 1))                   ; => #t
(max)                                   ; !! argument
(max 'a)                                ; !! max
(max 1 'a)                              ; !! max

;; Arithmetic
(+ 3 4)                                 ; => 7
(+ 3)                                   ; => 3
(+)                                     ; => 0
(* 4)                                   ; => 4
(*)                                     ; => 1
(- 3 4)                                 ; => -1
(- 3 4 5)                               ; => -6
(- 3)                                   ; => -3
(- 0.0)                                 ; => -0.0
(- 0 0.0)                               ; => 0.0
(/ 12 4)                                ; => 3
(/ 2)                                   ; => 1/2
(/ 60 3 4)                              ; => 5
(/ 0.0 0)                               ; !! division by zero
(/ 1 0.0)                               ; => +inf.0
(/ 1 -0.0)                              ; => -inf.0
(/ 0)                                   ; !! division by zero
(-)                                     ; !! argument
(/)                                     ; !! argument
(+ 'a)                                  ; !! +
(* 'a)                                  ; !! *
(+ 1 "2")                               ; !! +
(zero? (* 0 1.5))                       ; => #t
(* 2 1.5)                               ; => 3.0
(+ 1/2 0)                               ; => 1/2
(* 99999999999 99999999999)             ; => 9999999999800000000001
(* -4611686018427387904 -1)             ; => 4611686018427387904
(- -4611686018427387904)                ; => 4611686018427387904
(+ 4611686018427387903 1)               ; => 4611686018427387904
(- (- (expt 2 62)) 1)                   ; => -4611686018427387905
(- (expt 2 62) (expt 2 62))             ; => 0
(- (+ (expt 2 100) 5) (expt 2 100))     ; => 5
(+ (expt 10 20) 0.5)                    ; => 100000000000000000000.0
(abs -7)                                ; => 7
(abs -7.5)                              ; => 7.5
(abs -0.0)                              ; => 0.0
(abs (- (expt 10 20)))                  ; => 100000000000000000000
(abs -4611686018427387904)              ; => 4611686018427387904
(abs -2305843009213693952)              ; => 2305843009213693952
(abs 'a)                                ; !! abs

;; Integer division
(define (both f a b) (call-with-values (lambda () (f a b)) list))
(both floor/ 5 2)                       ; => (2 1)
(both floor/ -5 2)                      ; => (-3 1)
(both floor/ 5 -2)                      ; => (-3 -1)
(both floor/ -5 -2)                     ; => (2 -1)
(both truncate/ 5 2)                    ; => (2 1)
(both truncate/ -5 2)                   ; => (-2 -1)
(both truncate/ 5 -2)                   ; => (-2 1)
(both truncate/ -5 -2)                  ; => (2 -1)
(both truncate/ -5.0 2)                 ; => (-2.0 -1.0)
(both floor/ 5.0 -2)                    ; => (-3.0 -1.0)
(both floor/ (expt 10 20) -7)           ; => (-14285714285714285715 -5)
(both floor/ (- (expt 10 20)) (expt 10 19)) ; => (-10 0)
(both truncate/ (- (expt 10 20)) 7)     ; => (-14285714285714285714 -2)
(both floor/ 5 (expt 10 20))            ; => (0 5)
(both floor/ -5 (expt 10 20))           ; => (-1 99999999999999999995)
(both truncate/ -5 (expt 10 20))        ; => (0 -5)
(list (floor-quotient -7 2) (floor-remainder -7 2) (truncate-quotient -7 2) (truncate-remainder -7 2)) ; => (-4 1 -3 -1)
(modulo 13 4)                           ; => 1
(remainder 13 4)                        ; => 1
(modulo -13 4)                          ; => 3
(remainder -13 4)                       ; => -1
(modulo 13 -4)                          ; => -3
(remainder 13 -4)                       ; => 1
(modulo -13 -4)                         ; => -1
(remainder -13 -4.0)                    ; => -1.0
(modulo -13 4.0)                        ; => 3.0
(quotient -4611686018427387904 -1)      ; => 4611686018427387904
(quotient -2305843009213693952 -1)      ; => 2305843009213693952
(modulo 5 0)                            ; !! division by zero
(quotient 5 0)                          ; !! division by zero
(floor/ 5 0)                            ; !! division by zero
(exact-integer? (quotient (expt 10 30) (expt 10 20))) ; => #t
(quotient 1.5 1)                        ; !! quotient
(modulo 'a 1)                           ; !! modulo
(gcd 32 -36)                            ; => 4
(gcd)                                   ; => 0
(gcd 0 5)                               ; => 5
(gcd (expt 6 40) (expt 10 40))          ; => 1099511627776
(lcm 32 -36)                            ; => 288
(lcm 32.0 -36)                          ; => 288.0
(lcm)                                   ; => 1
(lcm 0 5)                               ; => 0
(gcd 1.5 2)                             ; !! gcd
(numerator 6)                           ; => 6
(denominator 0)                         ; => 1
(denominator 0.5)                       ; => 2.0
(numerator 0.5)                         ; => 1.0
(floor -4.3)                            ; => -5.0
(ceiling -4.3)                          ; => -4.0
(truncate -4.3)                         ; => -4.0
(round -4.3)                            ; => -4.0
(floor 3.5)                             ; => 3.0
(ceiling 3.5)                           ; => 4.0
(truncate 3.5)                          ; => 3.0
(round 3.5)                             ; => 4.0
(round 2.5)                             ; => 2.0
(round -2.5)                            ; => -2.0
(round 0.5)                             ; => 0.0
(round -0.4)                            ; => -0.0
(round 7)                               ; => 7
(floor +inf.0)                          ; => +inf.0
(floor 'a)                              ; !! floor
(rationalize .3 1/10)                   ; => 0.3333333333333333
(square 42)                             ; => 1764
(square 2.0)                            ; => 4.0
(square 10000000000)                    ; => 100000000000000000000

;; Transcendental functions
(exp 0)                                 ; => 1
(exp 0.0)                               ; => 1.0
(log 1)                                 ; => 0
(log 1.0)                               ; => 0.0
(log 0.0)                               ; => -inf.0
(log 100 10)                            ; => 2.0
(log 8.0 2)                             ; => 3.0
(sin 0.0)                               ; => 0.0
(cos 0.0)                               ; => 1.0
(tan 0.0)                               ; => 0.0
(asin 1.0)                              ; => 1.5707963267948966
(acos 1.0)                              ; => 0.0
(atan 1.0)                              ; => 0.7853981633974483
(atan 1 0)                              ; => 1.5707963267948966
(atan -1 0)                             ; => -1.5707963267948966
(atan 0.0 -1)                           ; => 3.141592653589793
(atan -0.0 -1)                          ; => -3.141592653589793
(atan -0.0 1)                           ; => -0.0
(atan 1 +inf.0)                         ; => 0.0
(sin 'a)                                ; !! sin
(sqrt 9)                                ; => 3
(sqrt 9.0)                              ; => 3.0
(sqrt 2)                                ; => 1.4142135623730951
(sqrt 0)                                ; => 0
(sqrt (expt 10 40))                     ; => 100000000000000000000
(sqrt (expt 10 400))                    ; => 100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
(sqrt (+ (expt 10 40) 1))               ; => 100000000000000000000.0
(both (lambda (a b) (exact-integer-sqrt a)) 4 0) ; => (2 0)
(both (lambda (a b) (exact-integer-sqrt a)) 5 0) ; => (2 1)
(both (lambda (a b) (exact-integer-sqrt a)) (+ (expt 10 40) 7) 0) ; => (100000000000000000000 7)
(exact-integer-sqrt 4.0)                ; !! exact-integer-sqrt
(expt 2 10)                             ; => 1024
(expt 2.0 10)                           ; => 1024.0
(expt 2 0.5)                            ; => 1.4142135623730951
(expt 0 0)                              ; => 1
(expt 0.0 0)                            ; => 1.0
(expt 0 0.0)                            ; => 1.0
(expt 0 1)                              ; => 0
(expt 0.0 1)                            ; => 0.0
(expt -2 3)                             ; => -8
(expt -1 1000001)                       ; => -1
(expt 1 (expt 10 30))                   ; => 1
(expt -1 (expt 10 30))                  ; => 1
(expt 7 77)                             ; => 118181386580595879976868414312001964434038548836769923458287039207

;; Exactness
(exact 3.0)                             ; => 3
(exact -3.0)                            ; => -3
(exact 1e18)                            ; => 1000000000000000000
(exact 1e25)                            ; => 10000000000000000905969664
(exact 5)                               ; => 5
(inexact 5)                             ; => 5.0
(inexact (expt 2 53))                   ; => 9007199254740992.0
(inexact (+ (expt 2 53) 1))             ; => 9007199254740992.0
(inexact (+ (expt 2 53) 3))             ; => 9007199254740996.0
(inexact (expt 10 400))                 ; => +inf.0
(inexact (expt 10 22))                  ; => 1e22
(exact +nan.0)                          ; !! exact
(exact +inf.0)                          ; !! exact
(exact 'a)                              ; !! exact
(exact-integer? (exact (floor 2.5)))    ; => #t

;; 6.2.7 Text
(number->string 10)                     ; => "10"
(number->string 255 16)                 ; => "ff"
(number->string -255 2)                 ; => "-11111111"
(number->string 1.5)                    ; => "1.5"
(number->string 100.0)                  ; => "100.0"
(number->string 1e100)                  ; => "1e100"
(number->string 123456789.125)          ; => "123456789.125"
(number->string 'a)                     ; !! number->string
(number->string 1 37)                   ; !! number->string
(string->number "100")                  ; => 100
(string->number "100" 16)               ; => 256
(string->number "1e2")                  ; => 100.0
(string->number "#b101" 10)             ; => 5
(string->number "#x10" 8)               ; => 16
(string->number "1e2" 16)               ; => 482
(string->number "FF" 16)                ; => 255
(map string->number '("" "." "-" "+" "1a" "abc" "1e" "e1" "1.2.3" "--1" "1 " " 1" "+inf" "inf.0" "#" "#x" "1_0" "0x10"))
                                        ; => (#f #f #f #f #f #f #f #f #f #f #f #f #f #f #f #f #f #f)
(map string->number '("+inf.0" "-inf.0" "+nan.0" "+5" "-5" ".5" "5." "-.5e1" "1E5")) ; => (+inf.0 -inf.0 +nan.0 5 -5 0.5 5.0 -5.0 100000.0)
(string->number 5)                      ; !! string->number
(string->number "1" 1)                  ; !! string->number
(map (lambda (x) (eqv? x (string->number (number->string x)))) (list 0.1 1e21 1e22 1e23 5e-324 1.7976931348623157e308 2.2250738585072014e-308 123456.789 -0.0 (expt 7 100) 0.3 1/3))
                                        ; => (#t #t #t #t #t #t #t #t #t #t #t #t)
(map (lambda (r) (= (expt 7 50) (string->number (number->string (expt 7 50) r) r))) '(2 8 10 16)) ; => (#t #t #t #t)
'(9007199254740993.0 4.35 0.000001 1e-7 123456789012345680000.0 1e21 2e0 1.0e10) ; => (9007199254740992.0 4.35 0.000001 1e-7 123456789012345680000.0 1e21 2.0 10000000000.0)
'(2.4703282292062328e-324 2.4703282292062327e-324) ; => (5e-324 0.0)
(map exact-integer-sqrt '())            ; => ()
(boolean=? (exact? 5) (exact-integer? 5)) ; => #t
