;;; life.scm - vectors: Conway's game of life on a torus.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define size 64)

(define (make-world) (make-vector (* size size) 0))

(define (place x y) (+ (* (modulo y size) size) (modulo x size)))

(define (alive world x y) (vector-ref world (place x y)))

(define (neighbours world x y)
  (+ (alive world (- x 1) (- y 1)) (alive world x (- y 1)) (alive world (+ x 1) (- y 1))
     (alive world (- x 1) y) (alive world (+ x 1) y)
     (alive world (- x 1) (+ y 1)) (alive world x (+ y 1)) (alive world (+ x 1) (+ y 1))))

(define (step world)
  (let ((next (make-world)))
    (do ((y 0 (+ y 1)))
        ((= y size) next)
      (do ((x 0 (+ x 1)))
          ((= x size))
        (let ((n (neighbours world x y)))
          (vector-set! next (place x y)
                       (cond ((= n 3) 1)
                             ((= n 2) (alive world x y))
                             (else 0))))))))

(define (population world)
  (let loop ((i 0) (count 0))
    (if (= i (vector-length world))
        count
        (loop (+ i 1) (+ count (vector-ref world i))))))

;; The five cells of the R-pentomino.
(define (start)
  (let ((world (make-world)))
    (for-each (lambda (xy) (vector-set! world (place (car xy) (cdr xy)) 1))
              '((31 . 30) (32 . 30) (30 . 31) (31 . 31) (31 . 32)))
    world))

(define (work)
  (let loop ((world (start)) (generation 0))
    (if (= generation 30)
        (population world)
        (loop (step world) (+ generation 1)))))

(repeat 10 work 27)
