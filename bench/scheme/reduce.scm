;;; reduce.scm - programs: the lambda calculus reduced to normal forms, with numbers for variables.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

;; A term is a number (how many lambdas up), (lam body) or (app f x).
(define (lam body) (list 'lam body))
(define (app f . xs)
  (if (null? xs) f (apply app (list 'app f (car xs)) (cdr xs))))
(define (body-of e) (cadr e))
(define (function-of e) (cadr e))
(define (argument-of e) (car (cddr e)))

(define (shift e by from)
  (cond ((number? e) (if (< e from) e (+ e by)))
        ((eq? (car e) 'lam) (lam (shift (body-of e) by (+ from 1))))
        (else (list 'app (shift (function-of e) by from) (shift (argument-of e) by from)))))

(define (substitute e x at)
  (cond ((number? e)
         (cond ((= e at) (shift x at 0))
               ((> e at) (- e 1))
               (else e)))
        ((eq? (car e) 'lam) (lam (substitute (body-of e) x (+ at 1))))
        (else (list 'app (substitute (function-of e) x at) (substitute (argument-of e) x at)))))

(define (head e)
  (if (and (pair? e) (eq? (car e) 'app))
      (let ((f (head (function-of e))))
        (if (and (pair? f) (eq? (car f) 'lam))
            (head (substitute (body-of f) (argument-of e) 0))
            (list 'app f (argument-of e))))
      e))

(define (normal e)
  (let ((e (head e)))
    (cond ((number? e) e)
          ((eq? (car e) 'lam) (lam (normal (body-of e))))
          (else (list 'app (normal (function-of e)) (normal (argument-of e)))))))

(define (church n)
  (lam (lam (let loop ((n n)) (if (= n 0) 0 (app 1 (loop (- n 1))))))))

(define plus (lam (lam (lam (lam (app 3 1 (app 2 1 0)))))))
(define times (lam (lam (lam (app 2 (app 1 0))))))

(define (number e)
  (let loop ((e (body-of (body-of e))) (n 0))
    (if (number? e) n (loop (argument-of e) (+ n 1)))))

(define (work)
  (number (normal (app plus (app times (church 6) (church 7)) (app (church 3) (church 3))))))

(repeat 4000 work 69)
