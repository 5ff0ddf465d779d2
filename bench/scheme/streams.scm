;;; streams.scm - closures: infinite streams whose tails are procedures; the primes by a sieve.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define-syntax stream-cons
  (syntax-rules ()
    ((_ first rest) (cons first (lambda () rest)))))

(define (tail stream) ((cdr stream)))

(define (from n) (stream-cons n (from (+ n 1))))

(define (keep good? stream)
  (if (good? (car stream))
      (stream-cons (car stream) (keep good? (tail stream)))
      (keep good? (tail stream))))

(define (sieve stream)
  (let ((prime (car stream)))
    (stream-cons prime
                 (sieve (keep (lambda (n) (not (= 0 (remainder n prime))))
                              (tail stream))))))

(define (nth stream n)
  (if (= n 0) (car stream) (nth (tail stream) (- n 1))))

(repeat 40 (lambda () (nth (sieve (from 2)) 600)) 4421)
