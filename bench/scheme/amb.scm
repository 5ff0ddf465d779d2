;;; amb.scm - continuations: a puzzle solved by choices that are taken back.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define failures '())

(define (fail)
  (let ((last (car failures)))
    (set! failures (cdr failures))
    (last #f)))

(define (choose low high)
  (call/cc
   (lambda (return)
     (let loop ((i low))
       (when (<= i high)
         (call/cc
          (lambda (next)
            (set! failures (cons next failures))
            (return i)))
         (loop (+ i 1))))
     (fail))))

(define (require good?)
  (unless good? (fail)))

;; Right triangles: all with sides up to 20.
(define (triangles)
  (let ((found '()))
    (call/cc
     (lambda (done)
       (set! failures (list done))
       (let* ((a (choose 1 20)) (b (choose a 20)) (c (choose b 20)))
         (require (= (* c c) (+ (* a a) (* b b))))
         (set! found (cons (list a b c) found))
         (fail))))
    (reverse found)))

(repeat 100 triangles '((3 4 5) (5 12 13) (6 8 10) (8 15 17) (9 12 15) (12 16 20)))
