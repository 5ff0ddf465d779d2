;;; records.scm - tables: a red-black tree of records, with insertion, search and a walk.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define-record-type node
  (make-node red left key value right)
  node?
  (red red?)
  (left left-of)
  (key key-of)
  (value value-of)
  (right right-of))

(define (red-node? tree) (and tree (red? tree)))

(define (black left key value right) (make-node #f left key value right))

;; The four ways a red node can have a red child below a black one become one.
(define (balance left key value right)
  (define (raise a b c xl x xv y yv z zv)
    (make-node #t (black xl x xv a) y yv (black b z zv c)))
  (cond ((and (red-node? left) (red-node? (left-of left)))
         (let ((low (left-of left)))
           (raise (right-of low) (right-of left) right
                  (left-of low) (key-of low) (value-of low)
                  (key-of left) (value-of left) key value)))
        ((and (red-node? left) (red-node? (right-of left)))
         (let ((middle (right-of left)))
           (raise (left-of middle) (right-of middle) right
                  (left-of left) (key-of left) (value-of left)
                  (key-of middle) (value-of middle) key value)))
        ((and (red-node? right) (red-node? (left-of right)))
         (let ((middle (left-of right)))
           (raise (left-of middle) (right-of middle) (right-of right)
                  left key value
                  (key-of middle) (value-of middle) (key-of right) (value-of right))))
        ((and (red-node? right) (red-node? (right-of right)))
         (let ((high (right-of right)))
           (raise (left-of right) (left-of high) (right-of high)
                  left key value
                  (key-of right) (value-of right) (key-of high) (value-of high))))
        (else (black left key value right))))

(define (insert tree key value)
  (define (into tree)
    (cond ((not tree) (make-node #t #f key value #f))
          ((= key (key-of tree))
           (make-node (red? tree) (left-of tree) key value (right-of tree)))
          ((red? tree)
           (if (< key (key-of tree))
               (make-node #t (into (left-of tree)) (key-of tree) (value-of tree) (right-of tree))
               (make-node #t (left-of tree) (key-of tree) (value-of tree) (into (right-of tree)))))
          ((< key (key-of tree))
           (balance (into (left-of tree)) (key-of tree) (value-of tree) (right-of tree)))
          (else
           (balance (left-of tree) (key-of tree) (value-of tree) (into (right-of tree))))))
  (let ((new (into tree)))
    (black (left-of new) (key-of new) (value-of new) (right-of new))))

(define (find tree key)
  (and tree
       (cond ((= key (key-of tree)) (value-of tree))
             ((< key (key-of tree)) (find (left-of tree) key))
             (else (find (right-of tree) key)))))

(define (depth tree)
  (if tree (+ 1 (max (depth (left-of tree)) (depth (right-of tree)))) 0))

(define (work)
  (let build ((i 0) (tree #f))
    (if (< i 2000)
        (build (+ i 1) (insert tree (modulo (* i 7919) 4001) i))
        (let look ((i 0) (sum 0))
          (if (= i 4001)
              (list sum (< (depth tree) 20))
              (look (+ i 1) (+ sum (or (find tree i) 0))))))))

(repeat 100 work '(1999000 #t))
