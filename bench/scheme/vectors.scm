;;; vectors.scm - vectors: a sieve and a product of matrices in one vector each.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (sieve n)
  (let ((flags (make-vector (+ n 1) #t)))
    (let loop ((i 2) (count 0))
      (if (> i n)
          count
          (if (vector-ref flags i)
              (begin
                (do ((k (* i i) (+ k i)))
                    ((> k n))
                  (vector-set! flags k #f))
                (loop (+ i 1) (+ count 1)))
              (loop (+ i 1) count))))))

(define (make-matrix n f)
  (let ((matrix (make-vector (* n n) 0)))
    (do ((i 0 (+ i 1)))
        ((= i n) matrix)
      (do ((j 0 (+ j 1)))
          ((= j n))
        (vector-set! matrix (+ (* i n) j) (f i j))))))

(define (product n a b)
  (make-matrix n
               (lambda (i j)
                 (let loop ((k 0) (sum 0))
                   (if (= k n)
                       sum
                       (loop (+ k 1)
                             (+ sum (* (vector-ref a (+ (* i n) k))
                                       (vector-ref b (+ (* k n) j))))))))))

(define (work)
  (let* ((n 60)
         (a (make-matrix n (lambda (i j) (- i j))))
         (c (product n a (product n a a))))
    (list (sieve 200000) (vector-ref c 7))))

(repeat 20 work '(17984 7557900))
