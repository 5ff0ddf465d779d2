;;; parity.scm - calls: mutual recursion in tail position, and counting with optional arguments.
(import (scheme base) (scheme case-lambda) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (even-number? n)
  (if (= n 0) #t (odd-number? (- n 1))))

(define (odd-number? n)
  (if (= n 0) #f (even-number? (- n 1))))

(define count
  (case-lambda
    ((list) (count list 0))
    ((list total) (if (null? list) total (count (cdr list) (+ total 1))))))

(define (sum . numbers)
  (apply + numbers))

(define (work)
  (let loop ((i 0) (total 0))
    (if (= i 200)
        total
        (loop (+ i 1)
              (if (even-number? (* i 10))
                  (sum total (count (list i i i)) 1)
                  -1)))))

(repeat 250 work 800)
