;;; church.scm - closures: Church numerals, functions that make functions.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (zero f) (lambda (x) x))
(define (successor n) (lambda (f) (lambda (x) (f ((n f) x)))))
(define (plus a b) (lambda (f) (lambda (x) ((a f) ((b f) x)))))
(define (times a b) (lambda (f) (a (b f))))

(define (church n)
  (if (= n 0) zero (successor (church (- n 1)))))

(define (number n)
  ((n (lambda (x) (+ x 1))) 0))

(define (work)
  (let* ((ten (church 10)) (hundred (times ten ten)))
    (number (plus (times hundred hundred) (times ten hundred)))))

(repeat 900 work 11000)
