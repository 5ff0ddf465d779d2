;;; generators.scm - generators from continuations: trees walked side by side.
(import (scheme base) (scheme write))

;;> (make-generator walk) -> a procedure of no arguments
;;> (walk yield) runs until it calls (yield obj); each call of the generator goes on from there
;;> and returns the next obj, and an end-of-file object when walk has returned.
(define (make-generator walk)
  (define return #f)
  (define (yield obj)
    (call/cc
     (lambda (here)
       (set! resume (lambda () (here #f)))
       (return obj))))
  (define (resume)
    (walk yield)
    (set! resume (lambda () (return (eof-object))))
    (return (eof-object)))
  (lambda ()
    (call/cc
     (lambda (k)
       (set! return k)
       (resume)))))

(define (generator->list generator)
  (let ((obj (generator)))
    (if (eof-object? obj)
        '()
        (cons obj (generator->list generator)))))

;; The leaves of a tree, from left to right.
(define (leaves tree)
  (make-generator
   (lambda (yield)
     (let walk ((tree tree))
       (cond ((null? tree) #f)
             ((pair? tree)
              (walk (car tree))
              (walk (cdr tree)))
             (else (yield tree)))))))

(define (same-fringe? a b)
  (let ((next-a (leaves a)) (next-b (leaves b)))
    (let loop ()
      (let ((x (next-a)) (y (next-b)))
        (cond ((and (eof-object? x) (eof-object? y)) #t)
              ((eqv? x y) (loop))
              (else #f))))))

(define (naturals)
  (make-generator
   (lambda (yield)
     (let loop ((n 0))
       (yield n)
       (loop (+ n 1))))))

(define (take generator n)
  (if (= n 0)
      '()
      (let ((obj (generator)))
        (cons obj (take generator (- n 1))))))

(define (filtered keep? generator)
  (make-generator
   (lambda (yield)
     (let loop ()
       (let ((obj (generator)))
         (if (keep? obj) (yield obj))
         (loop))))))

(write (generator->list (leaves '(1 (2 (3)) ((4) 5)))))
(newline)
(write (same-fringe? '(1 (2 3)) '((1 2) 3)))
(newline)
(write (same-fringe? '(1 2 3) '(1 3 2)))
(newline)
(write (take (filtered even? (naturals)) 10))
(newline)
