;; Complex numbers: identities, branch cuts, and parts of mixed exactness.
(import (scheme base) (scheme inexact) (scheme complex) (scheme write) (limpet list))

(define (near? a b)
  (or (eqv? a b)
      (<= (magnitude (- a b)) (* 1e-13 (max 1 (magnitude a) (magnitude b))))))
(define samples
  '(1+i -1+i 1-i -1-i +i -i 2.5-0.5i -0.25+3i 1/2+1/3i -3/4-2i 0.001+0.002i 2 -2 1/2 -1/2 0.3 +2i -2i))
(define (all? holds?) (filter (lambda (z) (not (holds? z))) samples))

;; Inverses; what is printed are the numbers for which the identity fails.
(write (all? (lambda (z) (near? z (exp (log z))))))             ; => ()
(write (all? (lambda (z) (near? z (square (sqrt z))))))         ; => ()
(write (all? (lambda (z) (near? z (sin (asin z))))))            ; => ()
(write (all? (lambda (z) (near? z (cos (acos z))))))            ; => ()
(write (filter (lambda (z) (not (near? z (tan (atan z))))) (remove (lambda (z) (memv z '(+i -i))) samples)))
                                        ; => ()
(write (all? (lambda (z) (near? z (make-polar (magnitude z) (angle z))))))      ; => ()
(write (all? (lambda (z) (near? (/ z) (expt z -1)))))           ; => ()
(write (all? (lambda (z) (near? (* z z z z z) (expt z 5)))))    ; => ()
(write (all? (lambda (z) (near? (expt z 1/2) (sqrt z)))))       ; => ()
(write (all? (lambda (z) (near? (expt z 0.5+i) (exp (* 0.5+i (log z)))))))      ; => ()

;; The definitions of the report
(write (all? (lambda (z) (near? (asin z) (* -i (log (+ (* +i z) (sqrt (- 1 (* z z)))))))))) ; => ()
(write (all? (lambda (z) (near? (acos z) (- (acos 0.0) (asin z))))))            ; => ()
(write (filter (lambda (z)
                 (not (near? (atan z) (/ (- (log (+ 1 (* +i z))) (log (- 1 (* +i z)))) +2i))))
               (remove (lambda (z) (memv z '(+i -i))) samples)))                ; => ()
(write (all? (lambda (z) (near? 1 (+ (square (sin z)) (square (cos z)))))))     ; => ()
(write (all? (lambda (z) (near? (tan z) (/ (sin z) (cos z))))))                 ; => ()
(write (all? (lambda (z) (near? (exp (* +i z)) (+ (cos z) (* +i (sin z)))))))   ; => ()
(write (all? (lambda (z) (near? (log z 3) (/ (log z) (log 3))))))               ; => ()

;; Sides of the branch cuts: the sign of zero decides.
(define (sides f x) (list (f (make-rectangular x 0.0)) (f (make-rectangular x -0.0))))
(define (sides-up f y) (list (f (make-rectangular 0.0 y)) (f (make-rectangular -0.0 y))))
(write (sides sqrt -9.0))               ; => (0.0+3.0i 0.0-3.0i)
(write (map imag-part (sides log -1.0)))                        ; => (3.141592653589793 -3.141592653589793)
(write (map imag-part (sides asin 2.0)))                        ; => (1.3169578969248166 -1.3169578969248166)
(write (map imag-part (sides acos -2.0)))                       ; => (-1.3169578969248166 1.3169578969248166)
(write (map real-part (sides-up atan 2.0)))                     ; => (1.5707963267948966 -1.5707963267948966)
(write (map real-part (sides-up atan -2.0)))                    ; => (1.5707963267948966 -1.5707963267948966)
(write (map angle (list -1 -1.0 -1.0+0.0i -1.0-0.0i)))
                                        ; => (3.141592653589793 3.141592653589793 3.141592653589793 -3.141592653589793)

;; Near the cuts and at the edges of the doubles nothing is lost.
(write (near? (sqrt -1.0+1e-20i) 5e-21+1.0i))                   ; => #t
(write (real-part (sqrt -1.0+1e-20i)))  ; => 5e-21
(write (< (abs (- (real-part (log 1.0+1e-10i)) 5e-21)) 1e-35))    ; => #t
(write (magnitude 1e300+1e300i))        ; => 1.4142135623730952e300
(write (/ 1e300+1e300i 1e300+1e300i))   ; => 1.0+0.0i
(write (sqrt 1e300+0.0i))               ; => 1e150+0.0i
(write (near? (/ 1e-300+1e-300i 2e-300+0.0i) 0.5+0.5i))         ; => #t

;; Exactness is each part's own.
(write (list (* 2 +1.5i) (+ 1/2 +1.5i) (* +i +1.5i) (- +1.5i +0.5i) (/ +1.5i 3) (/ 3 +1.5i)))
                                        ; => (+3.0i 1/2+1.5i -1.5 +1.0i +0.5i -2.0i)
(write (list (exact 0.5+0.25i) (inexact 1/2+1/4i) (exact +0.5i)))   ; => (1/2+1/4i 0.5+0.25i +1/2i)
(write (map exact? '(1+i 1.0+i 1+1.0i 1.0+1.0i)))               ; => (#t #f #f #f)
(write (- 1.0+2.0i +2.0i))              ; => 1.0+0.0i
(write (real? (- 1.0+2i +2i)))          ; => #t

;; Zeros keep their signs.
(write (list (- +0.0i) (* -1 0.0+0.0i) (/ -1.0 1.0-0.0i) (+ -0.0-0.0i -0.0-0.0i)))
                                        ; => (-0.0i -0.0-0.0i -1.0-0.0i -0.0-0.0i)

;; Infinities
(write (list (exp -inf.0+i) (magnitude +inf.0-inf.0i) (sqrt +inf.0+i) (* 2 +inf.0i)))
                                        ; => (0.0+0.0i +inf.0 +inf.0+0.0i +inf.0i)
