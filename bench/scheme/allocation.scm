;;; allocation.scm - the collector: binary trees that live and die.
(import (scheme base) (scheme write))

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

(write (run 16)) ; => 1043114
(newline)
