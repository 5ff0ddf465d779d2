;;; generators.scm - continuations: two trees walked by generators in turn, leaf by leaf.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (make-generator walk)
  (define return #f)
  (define (yield value)
    (call/cc
     (lambda (next)
       (set! resume (lambda () (next #f)))
       (return value))))
  (define (resume)
    (walk yield)
    (return 'end))
  (lambda ()
    (call/cc
     (lambda (k)
       (set! return k)
       (resume)))))

(define (leaves tree)
  (lambda (yield)
    (let walk ((tree tree))
      (if (pair? tree)
          (begin (walk (car tree)) (walk (cdr tree)))
          (yield tree)))))

(define (balanced low high)
  (if (= low high)
      low
      (let ((middle (quotient (+ low high) 2)))
        (cons (balanced low middle) (balanced (+ middle 1) high)))))

(define (leaning low high)
  (if (= low high)
      low
      (cons low (leaning (+ low 1) high))))

(define (same-fringe a b)
  (let ((next-a (make-generator (leaves a))) (next-b (make-generator (leaves b))))
    (let loop ((count 0))
      (let ((x (next-a)) (y (next-b)))
        (cond ((not (eqv? x y)) #f)
              ((eq? x 'end) count)
              (else (loop (+ count 1))))))))

(define (work) (same-fringe (balanced 1 400) (leaning 1 400)))

(repeat 100 work 400)
