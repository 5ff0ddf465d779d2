;;; floatsums.scm - floats: sums of series, an integral and a root, in loops.
(import (scheme base) (scheme write) (scheme process-context) (scheme inexact))
(include "support/main.scm")

(define (harmonic n)
  (let loop ((i n) (sum 0.0))
    (if (= i 0) sum (loop (- i 1) (+ sum (/ 1.0 i))))))

(define (integral f low high steps)
  (let ((h (/ (- high low) steps)))
    (do ((i 0 (+ i 1))
         (sum 0.0 (+ sum (f (+ low (* h (+ i 0.5)))))))
        ((= i steps) (* h sum)))))

(define (newton x)
  (let loop ((guess 1.0) (left 40))
    (if (= left 0)
        guess
        (loop (/ (+ guess (/ x guess)) 2.0) (- left 1)))))

(define (close? a b) (< (abs (- a b)) 1e-6))

(define (work)
  (and (close? (harmonic 20000) 10.480728217229327)
       (close? (integral (lambda (x) (/ 4.0 (+ 1.0 (* x x)))) 0.0 1.0 20000) 3.141592653589793)
       (do ((x 1.0 (+ x 1.0))
            (good #t (and good (close? (newton x) (sqrt x)))))
           ((> x 200.0) good))))

(repeat 30 work #t)
