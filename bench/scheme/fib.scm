;;; fib.scm - calls: the Fibonacci numbers, doubly recursive.
(import (scheme base) (scheme write))

(define (fib n)
  (if (< n 2)
      n
      (+ (fib (- n 1)) (fib (- n 2)))))

(write (fib 33)) ; => 3524578
(newline)
