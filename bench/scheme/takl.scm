;;; takl.scm - calls: Takeuchi's function with lists for numbers, compared by their lengths.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (list-of n)
  (if (= n 0)
      '()
      (cons n (list-of (- n 1)))))

(define (shorter? a b)
  (and (pair? b)
       (or (null? a)
           (shorter? (cdr a) (cdr b)))))

(define (takl x y z)
  (if (not (shorter? y x))
      z
      (takl (takl (cdr x) y z)
            (takl (cdr y) z x)
            (takl (cdr z) x y))))

(define x (list-of 18))
(define y (list-of 12))
(define z (list-of 6))

(repeat 100 (lambda () (length (takl x y z))) 7)
