;;; deriv.scm - lists: symbolic derivation, with a dispatch on the operator.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (derive e)
  (cond ((symbol? e) (if (eq? e 'x) 1 0))
        ((number? e) 0)
        (else
         (case (car e)
           ((+) (cons '+ (map derive (cdr e))))
           ((-) (cons '- (map derive (cdr e))))
           ((*) (list '* e (cons '+ (map (lambda (f) (list '/ (derive f) f)) (cdr e)))))
           ((/) (list '-
                      (list '/ (derive (cadr e)) (car (cddr e)))
                      (list '/ (cadr e)
                            (list '* (car (cddr e)) (car (cddr e)) (derive (car (cddr e)))))))
           (else (error "cannot derive" e))))))

(define (size tree)
  (if (pair? tree)
      (+ (size (car tree)) (size (cdr tree)))
      1))

(define (work)
  (let loop ((i 0) (total 0))
    (if (= i 1000)
        total
        (loop (+ i 1)
              (+ total (size (derive '(+ (* 3 x x) (* a x x) (* b x) (/ x (- 5 x)) 5))))))))

(repeat 120 work 87000)
