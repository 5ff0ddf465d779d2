;;; factorial.scm - bignums: factorials, written in decimal and read back.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (product low high)
  (if (= low high)
      low
      (let ((middle (quotient (+ low high) 2)))
        (* (product low middle) (product (+ middle 1) high)))))

(define (factorial n)
  (if (= n 0)
      1
      (* n (factorial (- n 1)))))

(define (work)
  (let* ((slow (factorial 1000)) (fast (product 1 1000)) (text (number->string slow)))
    (list (= slow fast) (string-length text) (= fast (string->number text)))))

(repeat 800 work '(#t 2568 #t))
