;;; compose.scm - closures: higher-order procedures, a lambda at each call, and pipelines.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (compose . procedures)
  (if (null? procedures)
      (lambda (x) x)
      (let ((first (car procedures)) (rest (apply compose (cdr procedures))))
        (lambda (x) (first (rest x))))))

(define (numbers n)
  (let loop ((i n) (list '()))
    (if (= i 0) list (loop (- i 1) (cons i list)))))

(define (fold f initial list)
  (if (null? list)
      initial
      (fold f (f (car list) initial) (cdr list))))

(define (select good? list)
  (fold (lambda (x kept) (if (good? x) (cons x kept) kept)) '() (reverse list)))

(define (work)
  (let* ((list (numbers 5000))
         (step (compose (lambda (x) (* x 3)) (lambda (x) (+ x 1)) (lambda (x) (quotient x 2))))
         (sum 0))
    (for-each (lambda (x y) (set! sum (+ sum (* x y))))
              (map step list)
              (map (lambda (x) (remainder x 5)) list))
    (vector-for-each (lambda (x) (set! sum (+ sum x)))
                     (vector-map (lambda (x) (- x 1)) (list->vector list)))
    (+ sum (fold + 0 (select even? (map (lambda (x y) (+ x y)) list list))))))

(repeat 250 work 75032500)
