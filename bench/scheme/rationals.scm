;;; rationals.scm - bignums: exact fractions: a harmonic sum and Bernoulli numbers.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (harmonic n)
  (let loop ((i 1) (sum 0))
    (if (> i n) sum (loop (+ i 1) (+ sum (/ 1 i))))))

;; The triangle of Akiyama and Tanigawa.
(define (bernoulli n)
  (let ((row (make-vector (+ n 1) 0)))
    (do ((m 0 (+ m 1)))
        ((> m n) (vector-ref row 0))
      (vector-set! row m (/ 1 (+ m 1)))
      (do ((j m (- j 1)))
          ((= j 0))
        (vector-set! row (- j 1) (* j (- (vector-ref row (- j 1)) (vector-ref row j))))))))

(define (work)
  (list (numerator (bernoulli 30)) (denominator (bernoulli 30))
        (string-length (number->string (numerator (harmonic 200))))))

(repeat 2000 work '(8615841276005 14322 89))
