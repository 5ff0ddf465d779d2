;;; polynomial.scm - lists: powers of polynomials as sparse lists of terms.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

;; A term is (exponent . coefficient); a polynomial is a list of them, highest exponent first.
(define (add a b)
  (cond ((null? a) b)
        ((null? b) a)
        ((> (caar a) (caar b)) (cons (car a) (add (cdr a) b)))
        ((< (caar a) (caar b)) (cons (car b) (add a (cdr b))))
        (else
         (let ((sum (+ (cdar a) (cdar b))))
           (if (= sum 0)
               (add (cdr a) (cdr b))
               (cons (cons (caar a) sum) (add (cdr a) (cdr b))))))))

(define (times-term term p)
  (map (lambda (t) (cons (+ (car t) (car term)) (* (cdr t) (cdr term)))) p))

(define (times a b)
  (if (null? a)
      '()
      (add (times-term (car a) b) (times (cdr a) b))))

(define (power p n)
  (if (= n 0)
      '((0 . 1))
      (times p (power p (- n 1)))))

(define (value p x)
  (let loop ((p p) (sum 0))
    (if (null? p)
        sum
        (loop (cdr p) (+ sum (* (cdar p) (expt x (caar p))))))))

(define (work) (value (power '((2 . 1) (1 . -1) (0 . 2)) 20) 1))

(repeat 5000 work 1048576)
