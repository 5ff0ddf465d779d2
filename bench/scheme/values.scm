;;; values.scm - control: multiple values, apply, optional and rest arguments.
(import (scheme base) (scheme write) (scheme process-context) (scheme case-lambda))
(include "support/main.scm")

(define (divide a b) (values (quotient a b) (remainder a b)))

(define (extremes list)
  (if (null? (cdr list))
      (values (car list) (car list))
      (call-with-values
       (lambda () (extremes (cdr list)))
       (lambda (low high) (values (min low (car list)) (max high (car list)))))))

(define area
  (case-lambda
    ((side) (* side side))
    ((width height) (* width height))
    ((a b c . more) (apply + a b c more))))

(define (digits n)
  (let loop ((n n) (sum 0))
    (if (= n 0)
        sum
        (let-values (((q r) (divide n 10)))
          (loop q (+ sum r))))))

(define (work)
  (let loop ((i 0) (sum 0))
    (if (= i 2000)
        sum
        (let*-values (((low high) (extremes (list i 3 (* 2 i) 7)))
                      ((q . rest) (divide high 7)))
          (loop (+ i 1)
                (+ sum low q (car rest) (digits i) (area i) (area i 2) (area 1 2 3 4 i)))))))

(repeat 600 work 2671294270)
