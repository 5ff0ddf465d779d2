;;; fib.scm - calls: the Fibonacci numbers, doubly recursive; the argument is which.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (fib n)
  (if (< n 2)
      n
      (+ (fib (- n 1)) (fib (- n 2)))))

(define (fib-by-sums n)
  (do ((i 0 (+ i 1)) (a 0 b) (b 1 (+ a b)))
      ((= i n) a)))

(define n (scale 35))

(finish (fib n) (fib-by-sums n))
