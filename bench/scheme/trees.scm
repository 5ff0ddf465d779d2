;;; trees.scm - memory: binary trees that live and die.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (make-tree depth)
  (if (= depth 0)
      (cons '() '())
      (cons (make-tree (- depth 1)) (make-tree (- depth 1)))))

(define (nodes tree)
  (if (null? tree)
      0
      (+ 1 (nodes (car tree)) (nodes (cdr tree)))))

(define (run depth)
  (let ((long-lived (make-tree depth)))
    (let loop ((d 4) (total 0))
      (if (> d depth)
          (+ total (nodes long-lived))
          (let again ((i (expt 2 (- depth d))) (total total))
            (if (= i 0)
                (loop (+ d 2) total)
                (again (- i 1) (+ total (nodes (make-tree d))))))))))

;; The argument is the depth.
(define depth (scale 18))

(define (expected depth)
  (do ((d 4 (+ d 2))
       (sum (- (expt 2 (+ depth 1)) 1)
            (+ sum (* (expt 2 (- depth d)) (- (expt 2 (+ d 1)) 1)))))
      ((> d depth) sum)))

(finish (run depth) (expected depth))
