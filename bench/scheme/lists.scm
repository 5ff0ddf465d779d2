;;; lists.scm - lists: map, append, reverse, assv and a merge sort with multiple values.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (numbers n seed)
  (let loop ((i 0) (x seed) (list '()))
    (if (= i n)
        list
        (loop (+ i 1) (modulo (+ (* x 1103515245) 12345) 2147483648) (cons x list)))))

(define (merge a b)
  (cond ((null? a) b)
        ((null? b) a)
        ((< (car b) (car a)) (cons (car b) (merge a (cdr b))))
        (else (cons (car a) (merge (cdr a) b)))))

(define (split list)
  (if (or (null? list) (null? (cdr list)))
      (values list '())
      (let-values (((a b) (split (cddr list))))
        (values (cons (car list) a) (cons (cadr list) b)))))

(define (sort list)
  (if (or (null? list) (null? (cdr list)))
      list
      (let-values (((a b) (split list)))
        (merge (sort a) (sort b)))))

(define (work)
  (let* ((list (numbers 3000 7))
         (sorted (sort list))
         (small (map (lambda (x) (modulo x 100)) (append sorted list)))
         (table (map cons small small)))
    (+ (length (reverse small)) (cdr (assv (car small) table)) (list-ref sorted 1500))))

(repeat 200 work 1075040209)
