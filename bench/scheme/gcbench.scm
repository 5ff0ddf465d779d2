;;; gcbench.scm - memory: short-lived trees beside a large table that lives and is written to.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (make-tree depth)
  (if (= depth 0)
      (vector #f #f 1)
      (vector (make-tree (- depth 1)) (make-tree (- depth 1)) 1)))

(define (populate! node depth)
  (when (> depth 0)
    (vector-set! node 0 (vector #f #f 1))
    (vector-set! node 1 (vector #f #f 1))
    (populate! (vector-ref node 0) (- depth 1))
    (populate! (vector-ref node 1) (- depth 1))))

(define (sum node)
  (if node
      (+ (vector-ref node 2) (sum (vector-ref node 0)) (sum (vector-ref node 1)))
      0))

(define table (make-vector 2000 '()))

;; Old entries die, new ones hang on an old object.
(define (replace! i)
  (vector-set! table (modulo (* i 31) 2000) (list i (number->string i) (vector i i))))

(define long-lived (make-tree 13))

(define (work)
  (let loop ((i 0) (total 0))
    (if (= i 20)
        (+ total (sum long-lived))
        (let ((top-down (vector #f #f 1)))
          (populate! top-down 8)
          (do ((j 0 (+ j 1)))
              ((= j 200))
            (replace! (+ (* i 200) j)))
          (loop (+ i 1) (+ total (sum top-down) (sum (make-tree 8))))))))

(repeat 200 work 36823)
