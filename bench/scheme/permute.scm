;;; permute.scm - lists: all permutations of eight things, summed.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (insert-everywhere x list)
  (if (null? list)
      (list-of-one (list-of-one x))
      (cons (cons x list)
            (map (lambda (rest) (cons (car list) rest))
                 (insert-everywhere x (cdr list))))))

(define (list-of-one x) (cons x '()))

(define (append-map f list)
  (if (null? list)
      '()
      (append (f (car list)) (append-map f (cdr list)))))

(define (permutations list)
  (if (null? list)
      (list-of-one '())
      (append-map (lambda (rest) (insert-everywhere (car list) rest))
                  (permutations (cdr list)))))

(define (work)
  (let loop ((all (permutations '(1 2 3 4 5 6 7 8))) (count 0) (sum 0))
    (if (null? all)
        (list count sum)
        (loop (cdr all) (+ count 1) (+ sum (* (car (car all)) (cadr (car all))))))))

(repeat 40 work '(40320 786240))
