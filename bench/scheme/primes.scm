;;; primes.scm - lists: the primes by striking out of a list.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (interval low high)
  (if (> low high)
      '()
      (cons low (interval (+ low 1) high))))

(define (strike prime list)
  (cond ((null? list) '())
        ((= 0 (remainder (car list) prime)) (strike prime (cdr list)))
        (else (cons (car list) (strike prime (cdr list))))))

(define (sieve list)
  (if (null? list)
      '()
      (cons (car list) (sieve (strike (car list) (cdr list))))))

(repeat 70 (lambda () (length (sieve (interval 2 5000)))) 669)
