;; Ratios: always in lowest terms, never inexact by accident, and of any size.
(import (scheme base) (scheme inexact) (scheme write) (limpet list))

;; Lowest terms, the sign in the numerator
(write '(2/4 -2/4 0/7 14/7 +3/9))       ; => (1/2 -1/2 0 2 1/3)
(write (list (/ 2 -4) (/ -2 -4) (/ 0 -4) (/ 6 -3)))     ; => (-1/2 1/2 0 -2)
(write (map exact-integer? (list 14/7 (+ 1/2 1/2) (* 2/3 3/2) (- 4/3 1/3))))    ; => (#t #t #t #t)

;; Sums of many: pairs are added first, and nothing is lost.
(define (harmonic n) (apply + (map / (iota n 1))))
(write (harmonic 20))                   ; => 55835135/15519504
(write (= (- (harmonic 1000) (harmonic 999)) 1/1000))   ; => #t
(write (apply * (map (lambda (k) (/ k (+ k 1))) (iota 500 1))))         ; => 1/501
(write (< (abs (- 2 (square (let loop ((x 1) (k 0)) (if (= k 8) x (loop (/ (+ x (/ 2 x)) 2) (+ k 1)))))))
          (expt 10 -90)))               ; => #t

;; The field laws, over ratios of small and large parts
(define samples
  (list 0 1 -1 1/2 -2/3 7/5 (/ (expt 2 70) 3) (/ 3 (expt 2 70)) (/ (- (expt 10 40) 1) 7)
        (/ (- (expt 3 50)) (expt 7 30)) (expt 2 62) (- (expt 2 61))))
(define (all-pairs? holds?)
  (every (lambda (a) (every (lambda (b) (holds? a b)) samples)) samples))
(write (all-pairs? (lambda (a b) (eqv? (+ a b) (+ b a)))))      ; => #t
(write (all-pairs? (lambda (a b) (eqv? (* a b) (* b a)))))      ; => #t
(write (all-pairs? (lambda (a b) (eqv? (- (+ a b) b) a))))      ; => #t
(write (all-pairs? (lambda (a b) (or (eqv? b 0) (eqv? (* (/ a b) b) a)))))      ; => #t
(write (all-pairs? (lambda (a b) (every (lambda (c) (eqv? (* a (+ b c)) (+ (* a b) (* a c)))) samples))))
                                        ; => #t
(write (all-pairs? (lambda (a b) (= 1 (gcd (numerator (+ a b)) (denominator (+ a b)))))))   ; => #t
(write (all-pairs? (lambda (a b) (eqv? (< a b) (negative? (- a b))))))  ; => #t
(write (all-pairs? (lambda (a b) (eqv? (< a b) (> b a)))))      ; => #t

;; Rounding: the integer part and what is left
(write (every (lambda (x) (<= (floor x) x (ceiling x))) samples))       ; => #t
(write (every (lambda (x) (< -1 (- x (truncate x)) 1)) samples))        ; => #t
(write (every (lambda (x) (<= (abs (- x (round x))) 1/2)) samples))     ; => #t

;; Text and back, in every radix
(write (every (lambda (radix)
                (every (lambda (x) (eqv? x (string->number (number->string x radix) radix))) samples))
              (iota 35 2)))             ; => #t

;; The nearest float: exact halfway cases go to even.
(define (halfway k) (+ 1 (* k (expt 2 -53))))
(write (map (lambda (k) (= (inexact (halfway k)) (+ 1 (* 2.0 (quotient (+ k 1) 4) (expt 2.0 -52))))) '(0 1 3)))
                                        ; => (#t #t #t)
(write (= 1 (inexact (halfway 1))))     ; => #t
(write (= (exact (inexact (+ (halfway 1) (expt 10 -300)))) (+ 1 (expt 2 -52))))     ; => #t
(write (inexact (/ (expt 10 400) (+ (expt 10 400) 1))))         ; => 1.0
(write (inexact (/ (+ (expt 2 1074) 1) (expt 2 2148))))         ; => 5e-324
(write (inexact (/ (- (expt 3 2000)) (expt 3 2001))))           ; => -0.3333333333333333
(write (every (lambda (x) (let ((f (inexact x))) (or (infinite? f) (<= (abs (- (exact f) x)) (* (abs x) (expt 2 -53))))))
              samples))                 ; => #t

;; As keys and constants
(write (assv 1/2 '((0.5 . inexact) (1/2 . exact))))     ; => (1/2 . exact)
(write (case 3/4 ((0.75) 'inexact) ((6/8) 'exact) (else 'neither)))     ; => exact
(write (memv 1+2i '(1 2+i 1+2i)))      ; => (1+2i)
(write (equal? '#(1/2 (1/3 . +i)) (vector (/ 2 4) (cons (/ 3 9) (sqrt -1)))))       ; => #t

;; Size is bounded by memory, and what cannot be held is not begun.
(write (= (denominator (expt 7/3 1000)) (expt 3 1000)))         ; => #t
(expt 1/2 (expt 10 30))                 ; !! out of memory
(expt 1+i (expt 10 30))                 ; !! out of memory
(write (expt -1 (expt 10 30)))          ; => 1
(write (expt +i (+ 1 (expt 10 30))))    ; => +i
