;;; heat.scm - floats: heat on a plate, relaxed in a vector of floats until it is even.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define size 32)

(define (start)
  (let ((plate (make-vector (* size size) 0.0)))
    (do ((i 0 (+ i 1)))
        ((= i size) plate)
      (vector-set! plate i 100.0))))

(define (relax! plate)
  (let rows ((row 1) (change 0.0))
    (if (= row (- size 1))
        change
        (let columns ((i (+ (* row size) 1)) (left (- size 2)) (change change))
          (if (= left 0)
              (rows (+ row 1) change)
              (let* ((old (vector-ref plate i))
                     (new (* 0.25 (+ (vector-ref plate (- i 1)) (vector-ref plate (+ i 1))
                                     (vector-ref plate (- i size)) (vector-ref plate (+ i size))))))
                (vector-set! plate i new)
                (columns (+ i 1) (- left 1) (max change (abs (- new old))))))))))

(define (work)
  (let ((plate (start)))
    (let loop ((rounds 0))
      (if (and (> (relax! plate) 0.05) (< rounds 1000))
          (loop (+ rounds 1))
          (list rounds (exact (round (vector-ref plate (+ (* 10 size) 16)))))))))

(repeat 20 work '(201 39))
