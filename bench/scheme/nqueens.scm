;;; nqueens.scm - lists: how many ways there are to place ten queens.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (one-to n)
  (let loop ((i n) (list '()))
    (if (= i 0)
        list
        (loop (- i 1) (cons i list)))))

(define (safe? row distance placed)
  (or (null? placed)
      (and (not (= (car placed) (+ row distance)))
           (not (= (car placed) (- row distance)))
           (safe? row (+ distance 1) (cdr placed)))))

(define (try rows left placed)
  (if (null? rows)
      (if (null? left) 1 0)
      (+ (if (safe? (car rows) 1 placed)
             (try (append (cdr rows) left) '() (cons (car rows) placed))
             0)
         (try (cdr rows) (cons (car rows) left) placed))))

(repeat 40 (lambda () (try (one-to 10) '() '())) 724)
