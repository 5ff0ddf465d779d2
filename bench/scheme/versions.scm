;;; versions.scm - memory: a search tree of which every version is kept.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (make-node key size left right) (vector key size left right))
(define (key node) (vector-ref node 0))
(define (left node) (vector-ref node 2))
(define (right node) (vector-ref node 3))
(define (size tree) (if tree (vector-ref tree 1) 0))

(define (with tree new)
  (cond ((not tree) (make-node new 1 #f #f))
        ((< new (key tree))
         (make-node (key tree) (+ (size tree) 1) (with (left tree) new) (right tree)))
        (else
         (make-node (key tree) (+ (size tree) 1) (left tree) (with (right tree) new)))))

;; How many keys are less than the bound.
(define (rank tree bound)
  (cond ((not tree) 0)
        ((< (key tree) bound) (+ (size (left tree)) 1 (rank (right tree) bound)))
        (else (rank (left tree) bound))))

;; Each number below the modulus comes once before any comes again.
(define modulus 131072)
(define (next x) (modulo (+ (* x 26213) 13849) modulus))

(define (run count)
  (let loop ((i 0) (x 1) (versions '(#f)))
    (if (< i count)
        (loop (+ i 1) (next x) (cons (with (car versions) x) versions))
        (do ((rest versions (cdr rest))
             (sum 0 (+ sum (rank (car rest) modulus))))
            ((null? rest) sum)))))

;; The argument is the number of versions.
(define count (scale 130000))

(finish (run count) (/ (* count (+ count 1)) 2))
