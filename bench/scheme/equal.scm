;;; equal.scm - lists: equal? on large structures: flat, nested, shared, and different at their ends.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (count n) (let loop ((i n) (all '())) (if (= i 0) all (loop (- i 1) (cons i all)))))

;; What a reader of data might give: lists of a number, a vector with a string, and a float.
(define (entries n)
  (map (lambda (i) (list i (vector (- i) (string #\a #\b #\c)) (+ i .5))) (count n)))

(define (tree depth leaf)
  (if (= depth 0) leaf (cons (tree (- depth 1) leaf) (tree (- depth 1) leaf))))

(define (shared depth)
  (let loop ((i 0) (x '()))
    (if (= i depth) x (loop (+ i 1) (cons x (vector x i))))))

(define pairs
  (list (cons (entries 10000) (entries 10000))
        (cons (list->vector (count 20000)) (list->vector (count 20000)))
        (cons (tree 14 "leaf") (tree 14 (string #\l #\e #\a #\f)))
        (cons (shared 10) (shared 10))
        (cons (append (count 20000) '(a)) (append (count 20000) '(b)))))

(repeat 60 (lambda () (map (lambda (two) (equal? (car two) (cdr two))) pairs)) '(#t #t #t #t #f))
