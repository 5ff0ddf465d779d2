;;; matrix.scm - vectors: products of matrices that are vectors of vectors.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (make-matrix rows columns f)
  (let ((matrix (make-vector rows)))
    (do ((i 0 (+ i 1)))
        ((= i rows) matrix)
      (let ((row (make-vector columns)))
        (do ((j 0 (+ j 1)))
            ((= j columns))
          (vector-set! row j (f i j)))
        (vector-set! matrix i row)))))

(define (entry matrix i j) (vector-ref (vector-ref matrix i) j))

(define (product a b)
  (let ((inner (vector-length b)))
    (make-matrix (vector-length a) (vector-length (vector-ref b 0))
                 (lambda (i j)
                   (let ((row (vector-ref a i)))
                     (do ((k 0 (+ k 1))
                          (sum 0 (+ sum (* (vector-ref row k) (entry b k j)))))
                         ((= k inner) sum)))))))

(define (trace matrix)
  (let loop ((i 0) (sum 0))
    (if (= i (vector-length matrix))
        sum
        (loop (+ i 1) (+ sum (entry matrix i i))))))

(define (work)
  (let ((a (make-matrix 60 80 (lambda (i j) (- (* 2 i) j))))
        (b (make-matrix 80 60 (lambda (i j) (+ i (remainder j 7))))))
    (trace (product (product a b) (product a b)))))

(repeat 20 work 2062956832000)
