;; Where kinds of numbers meet: order between exact and inexact ones, edges of fixnums and floats.
; stress: 20
(import (scheme base) (scheme inexact) (scheme complex) (scheme write) (limpet list) (limpet sort))

;; In ascending order; neighbours are next to each other or differ by less than a float can tell.
(define ascending
  (let ((big (expt 2 1000)) (fix (expt 2 61)) (top (exact 1.7976931348623157e308)))
    (list -inf.0 (- top) (- 1 top) -1e305 (- -1 big) (- big) (- 1 big) (- -1 fix) (- fix) (- 1 fix)
          -1.5 -1 (- (exact -0.1) (expt 10 -30)) -0.1 -1/10 (- (expt 10 -400)) 0
          (expt 10 -400) 5e-324 1/10 (exact 0.1) (+ (exact 0.1) (expt 10 -30)) (exact .3333333333333333)
          1/3 .33333333333333337 1/2 (+ 1/2 (expt 2 -60)) 1 (+ 1 (expt 2 -53)) (+ 1 (expt 2 -52))
          9007199254740991 9007199254740992.0 9007199254740993 9007199254740994.0
          (- fix 1) (inexact fix) (+ fix 1) (- big 1) big (+ big 1) 1e305 top (+ top 1) (* 2 top) +inf.0)))
(define strictly                        ; 1/10 is less than 0.1, and -0.1 less than -1/10
  (let loop ((rest ascending) (bad '()))
    (if (null? (cdr rest))
        (reverse bad)
        (loop (cdr rest) (if (< (car rest) (cadr rest)) bad (cons (car rest) bad))))))
(write strictly)                        ; => ()
;; All procedures agree, for all pairs, in both directions.
(define indexed (map cons ascending (iota (length ascending))))
(define (agree? a i b j)
  (and (eq? (< a b) (< i j)) (eq? (> a b) (> i j)) (eq? (= a b) (= i j))
       (eq? (<= a b) (<= i j)) (eq? (>= a b) (>= i j))
       (let ((greater (if (< i j) b a)))
         (eqv? (max a b) (if (and (exact? a) (exact? b)) greater (inexact greater))))))
(write (every (lambda (x)
                (every (lambda (y) (agree? (car x) (cdr x) (car y) (cdr y))) indexed))
              indexed))                 ; => #t
(write (equal? ascending (sort (reverse ascending) <)))     ; => #t
(write (filter (lambda (x) (or (< x +nan.0) (> x +nan.0) (= x +nan.0) (<= x +nan.0) (>= x +nan.0))) ascending))
                                        ; => ()

;; The last fixnum and the first bignum
(define last-fixnum (- (expt 2 61) 1))
(write (list (+ last-fixnum 1) (- (- last-fixnum) 2) (* last-fixnum -1) (- (- (- last-fixnum) 1))))
                                        ; => (2305843009213693952 -2305843009213693953 -2305843009213693951 2305843009213693952)
(write (eqv? last-fixnum (- (+ last-fixnum 1) 1)))      ; => #t
(write (list (quotient (- (- last-fixnum) 1) -1) (abs (- (- last-fixnum) 1)) (gcd (- (- last-fixnum) 1) 0)))
                                        ; => (2305843009213693952 2305843009213693952 2305843009213693952)
(write (/ (- (- last-fixnum) 1) (+ last-fixnum 1)))     ; => -1

;; NaN and infinities go through everything.
(write (map (lambda (f) (f +nan.0)) (list - abs floor round sqrt exp log sin atan square)))
                    ; => (+nan.0 +nan.0 +nan.0 +nan.0 +nan.0 +nan.0 +nan.0 +nan.0 +nan.0 +nan.0)
(write (map (lambda (f) (f +inf.0)) (list - abs floor round sqrt exp log square atan)))
                    ; => (-inf.0 +inf.0 +inf.0 +inf.0 +inf.0 +inf.0 +inf.0 +inf.0 1.5707963267948966)
(write (list (eqv? +nan.0 +nan.0) (= +nan.0 +nan.0) (equal? (list +nan.0) (list (- +nan.0)))))  ; => (#t #f #t)
(write (list (* 0 +inf.0) (+ 1/2 +inf.0) (/ 1/3 -inf.0) (expt +inf.0 0) (expt 1/2 +inf.0)))
                                        ; => (+nan.0 +inf.0 -0.0 1.0 0.0)

;; Identities of the real functions, at arguments of every size; what fails is printed.
(define arguments '(1e-300 1e-10 0.1 1/3 0.5 1 1.5 2 22/7 10 100.25))
(define (near? a b) (<= (abs (- a b)) (* 1e-13 (max 1e-300 (abs a) (abs b)))))
(define (failures holds?) (filter (lambda (x) (not (holds? x))) arguments))
(write (failures (lambda (x) (near? 1 (+ (square (sin x)) (square (cos x)))))))     ; => ()
(write (failures (lambda (x) (near? (tan x) (/ (sin x) (cos x))))))                 ; => ()
(write (failures (lambda (x) (near? x (square (sqrt x))))))                         ; => ()
(write (failures (lambda (x) (near? x (tan (atan x))))))                            ; => ()
(write (failures (lambda (x) (near? (exp (log x)) x))))                             ; => ()
(write (failures (lambda (x) (or (< x 1e-200) (near? (log (* x x)) (* 2 (log x)))))))          ; => ()
(write (failures (lambda (x) (near? (log x 2) (/ (log x) (log 2))))))               ; => ()
(write (failures (lambda (x) (near? (atan x) (- (/ (acos -1) 2) (atan 1 x) (- (atan 1 x)) (atan (/ x)))))))
                                        ; => (1e-300 1e-10)
(write (failures (lambda (x) (near? (expt x 3) (* x x x)))))                        ; => ()
(write (failures (lambda (x) (near? (expt x -1/2) (/ (sqrt x))))))                  ; => ()

;; A ratio next to 1, or beyond the floats, has a logarithm all the same.
(write (log (+ 1 (expt 10 -30))))       ; => 1e-30
(write (log (/ (expt 10 400))))         ; => -921.0340371976183
(write (log (/ (expt 10 400) 3)))       ; => 919.9354249089502

;; Products just beyond fixnums, remainders by one limb, and divisors, against what they mean.
(define (euclid a b) (if (= b 0) (abs a) (euclid b (remainder a b))))
(define seed 12345)
(define (random-bits n)
  (set! seed (modulo (+ (* seed 6364136223846793005) 1442695040888963407) (expt 2 64)))
  (quotient seed (expt 2 (- 64 n))))
(define (divides-as-it-should? big by)
  (let ((q (quotient big by)) (r (remainder big by)) (m (modulo big by)))
    (and (= big (+ (* q by) r)) (< (abs r) (abs by))
         (or (= r 0) (eq? (negative? r) (negative? big)))
         (or (= m 0) (eq? (negative? m) (negative? by)))
         (= (remainder (- big m) by) 0))))
(define (holds? a b k)
  (and (= (gcd a b) (euclid a b)) (= (gcd (* a k) (* b k)) (euclid (* a k) (* b k)))
       (or (= a 0) (= b 0)
           (let ((p (* a b))) (and (= (quotient p a) b) (= (remainder p a) 0) (= (/ p b) a))))))
(let loop ((i 0))
  (cond ((= i 1000) 'all)
        ((and (holds? (- (random-bits 62) (expt 2 61)) (- (random-bits (+ 1 (modulo i 62))) 5) (random-bits 9))
              (divides-as-it-should? (* (random-bits 64) (random-bits 64) (if (odd? i) -1 1))
                                     (if (even? (quotient i 2)) (+ 1 (random-bits 64)) (- -1 (random-bits 63)))))
         (loop (+ i 1)))
        (else i)))                                ; => all
(list (* 3037000500 3037000500) (* -3037000500 3037000500) (* (- (expt 2 61)) (- (expt 2 61))))
; => (9223372037000250000 -9223372037000250000 5316911983139663491615228241121378304)
(list (* (expt 2 31) (expt 2 30)) (* (- (expt 2 31)) (expt 2 30)) (* (- (expt 2 31)) (expt 2 31)))
; => (2305843009213693952 -2305843009213693952 -4611686018427387904)
(list (modulo (- (expt 2 64)) (- (expt 2 64) 1)) (remainder (- (expt 2 64)) (- (expt 2 64) 1))
      (modulo (expt 2 64) (- 1 (expt 2 64))) (remainder (- (expt 2 70) 1) (expt 2 63)))
; => (18446744073709551614 -1 -18446744073709551614 9223372036854775807)
(list (gcd (expt 2 61) (- (expt 2 61))) (gcd (- (expt 2 61)) 0) (gcd 1 (expt 2 60)) (gcd (* 3 (expt 2 58)) 12))
; => (2305843009213693952 2305843009213693952 1 12)

; A fixnum and a flonum: as if the fixnum were a flonum, but compared exactly.
(list (+ 1 0.5) (- 1 0.5) (* 2 1.5) (/ 3 2.) (/ 0 2.) (* 0 -1.5)) ; => (1.5 0.5 3.0 1.5 0.0 -0.0)
(list (+ 9007199254740993 0.) (* 2305843009213693951 1.) (- 0. 9007199254740993)) ; => (9007199254740992.0 2305843009213694000.0 -9007199254740992.0)
(let ((n 9007199254740993) (x 9007199254740992.))
  (list (= n x) (< x n) (<= n x) (if (= x n) 1 2) (if (< n x) 1 2) (if (<= x n) 1 2))) ; => (#f #t #f 2 2 1)
(let ((n 9007199254740992) (x 9007199254740992.) (nan (/ 0. 0.)))
  (list (= n x) (< x n) (<= n x) (< n nan) (= nan n) (if (< n nan) 1 2) (if (<= nan n) 1 2))) ; => (#t #f #t #f #f 2 2)
(/ 1.5 0)                               ; !! /: division by zero
(let ((f (lambda (x y z) (list (+ (* x y) z) (- z (* x y)) (* (+ x y) z)))))
  (list (f 2 1.5 1) (f 3 5 0.5) (f 0.5 2 0.5) (f 94906267 94906267 1.))) ; => ((4.0 -2.0 3.5) (15.5 -14.5 4.0) (1.5 -0.5 1.25) (9007199515875288.0 -9007199515875288.0 189812534.0))

; Small operands that need no more than a comparison or an instruction, and those beside them.
(list (max 0.0 -0.0) (min -0.0 0.0) (max 1 1) (min 2 -2) (max 1.5 -1.5) (min 1.5 1e300)) ; => (0.0 -0.0 1 -2 1.5 1.5)
(list (max 1.0 +nan.0) (min +nan.0 1.0) (max 1 1.0) (min 1e-320 0.0)) ; => (+nan.0 +nan.0 1.0 0.0)
(map exact '(-0.0 3.0 -3.0 9007199254740991.0 9007199254740992.0 0.5 1e20)) ; => (0 3 -3 9007199254740991 9007199254740992 1/2 100000000000000000000)
(map sqrt '(-0.0 0.0 2.25 -2.25 1e-320 4 -4))  ; => (-0.0 0.0 1.5 +1.5i 9.99994433575849e-161 2 +2i)
(map abs '(-5 5 0 -0.0 -2305843009213693952))  ; => (5 5 0 0.0 2305843009213693952)
(define z (make-rectangular 1.5 -0.0))
(list (+ z z) (- z z) (* z z) (+ z (make-rectangular 1 2.0)) (* z (make-rectangular 0 1)) (- z 1)) ; => (3.0-0.0i 0.0+0.0i 2.25-0.0i 2.5+2.0i 0.0+1.5i 0.5-0.0i)
