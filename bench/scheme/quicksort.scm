;;; quicksort.scm - vectors: quicksort of pseudo-random numbers in place.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (random-vector n)
  (let ((vector (make-vector n)))
    (let loop ((i 0) (x 42))
      (if (= i n)
          vector
          (begin
            (vector-set! vector i x)
            (loop (+ i 1) (modulo (+ (* x 1664525) 1013904223) 4294967296)))))))

(define (swap! vector i j)
  (let ((old (vector-ref vector i)))
    (vector-set! vector i (vector-ref vector j))
    (vector-set! vector j old)))

(define (sort! vector low high less?)
  (when (< low high)
    (let ((pivot (vector-ref vector (quotient (+ low high) 2))))
      (let loop ((i low) (j high))
        (cond ((> i j)
               (sort! vector low j less?)
               (sort! vector i high less?))
              ((less? (vector-ref vector i) pivot) (loop (+ i 1) j))
              ((less? pivot (vector-ref vector j)) (loop i (- j 1)))
              (else
               (swap! vector i j)
               (loop (+ i 1) (- j 1))))))))

(define (sorted? vector)
  (let loop ((i 1))
    (or (= i (vector-length vector))
        (and (<= (vector-ref vector (- i 1)) (vector-ref vector i))
             (loop (+ i 1))))))

(define (work)
  (let ((vector (random-vector 20000)))
    (sort! vector 0 19999 (lambda (a b) (< a b)))
    (and (sorted? vector) (vector-ref vector 0))))

(repeat 40 work 42)
