;;; bigfib.scm - bignums: Fibonacci numbers by sums and by doubling, powers, divisors.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (by-sums n)
  (do ((i 0 (+ i 1)) (a 0 b) (b 1 (+ a b)))
      ((= i n) a)))

;; F(2k) = F(k) (2 F(k+1) - F(k)), F(2k+1) = F(k)^2 + F(k+1)^2
(define (by-doubling n)
  (define (pair n)
    (if (= n 0)
        (values 0 1)
        (let-values (((a b) (pair (quotient n 2))))
          (let ((c (* a (- (* 2 b) a))) (d (+ (* a a) (* b b))))
            (if (even? n)
                (values c d)
                (values d (+ c d)))))))
  (let-values (((a b) (pair n)))
    a))

(define (power-modulo base exponent modulus)
  (let loop ((base base) (exponent exponent) (result 1))
    (cond ((= exponent 0) result)
          ((odd? exponent)
           (loop (modulo (* base base) modulus) (quotient exponent 2) (modulo (* result base) modulus)))
          (else (loop (modulo (* base base) modulus) (quotient exponent 2) result)))))

(define (work)
  (let ((a (by-sums 3000)) (b (by-doubling 3000)) (prime (- (expt 2 127) 1)))
    (list (= a b)
          (gcd (by-doubling 900) (by-doubling 888))
          (power-modulo 3 (- prime 1) prime))))

(repeat 1000 work '(#t 144 1))
