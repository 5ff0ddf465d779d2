;;; destruct.scm - lists: destructive work: splicing, reversing in place, tails taken and given.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (make-ring n)
  (let ((list (make-list n 0)))
    (do ((rest list (cdr rest)) (i 0 (+ i 1)))
        ((null? (cdr rest)) (set-car! rest i) list)
      (set-car! rest i))))

(define (reverse-in-place! list)
  (let loop ((list list) (done '()))
    (if (null? list)
        done
        (let ((rest (cdr list)))
          (set-cdr! list done)
          (loop rest list)))))

(define (cut! list n)
  (if (= n 1)
      (let ((rest (cdr list)))
        (set-cdr! list '())
        rest)
      (cut! (cdr list) (- n 1))))

(define (last list)
  (if (null? (cdr list)) list (last (cdr list))))

(define (work)
  (let loop ((i 0) (list (make-ring 200)))
    (if (= i 400)
        (let sum ((rest list) (n 1) (total 0))
          (if (null? rest)
              total
              (sum (cdr rest) (+ n 1) (+ total (* n (car rest))))))
        (let ((rest (cut! list (+ 1 (modulo (* i 37) 150)))))
          (set-car! list (+ (car list) (car rest)))
          (set-cdr! (last rest) (reverse-in-place! list))
          (loop (+ i 1) rest)))))

(repeat 500 work 16506571)
