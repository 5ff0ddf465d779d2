;;; graph.scm - programs: shortest ways through a grid, by breadth and by a heap of distances.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define size 60)

(define (wall? x y)
  (and (= 0 (modulo x 4)) (not (= (modulo (* x 7) size) (modulo y size)))
       (not (= y (modulo (* x 3) size)))))

(define (place x y) (+ x (* y size)))

(define (free? x y)
  (and (<= 0 x) (< x size) (<= 0 y) (< y size) (not (wall? x y))))

(define (neighbours x y)
  (let loop ((steps '((1 . 0) (0 . 1) (-1 . 0) (0 . -1))) (found '()))
    (if (null? steps)
        found
        (let ((nx (+ x (caar steps))) (ny (+ y (cdar steps))))
          (loop (cdr steps)
                (if (free? nx ny) (cons (place nx ny) found) found))))))

(define graph
  (let ((graph (make-vector (* size size) '())))
    (do ((y 0 (+ y 1)))
        ((= y size) graph)
      (do ((x 0 (+ x 1)))
          ((= x size))
        (vector-set! graph (place x y) (neighbours x y))))))

(define start (place 1 1))

(define (breadth-first)
  (let ((distance (make-vector (* size size) #f)))
    (vector-set! distance start 0)
    (let loop ((now (list start)) (next '()) (farthest 0))
      (cond ((pair? now)
             (let* ((node (car now)) (d (+ 1 (vector-ref distance node))))
               (let each ((rest (vector-ref graph node)) (next next))
                 (cond ((null? rest) (loop (cdr now) next farthest))
                       ((vector-ref distance (car rest)) (each (cdr rest) next))
                       (else
                        (vector-set! distance (car rest) d)
                        (each (cdr rest) (cons (car rest) next)))))))
            ((pair? next) (loop next '() (+ farthest 1)))
            (else farthest)))))

;; A heap of (distance . node) by pairing: a heap is #f or (entry . list of heaps).
(define (meld a b)
  (cond ((not a) b)
        ((not b) a)
        ((< (caar a) (caar b)) (cons (car a) (cons b (cdr a))))
        (else (cons (car b) (cons a (cdr b))))))

(define (meld-all heaps)
  (cond ((null? heaps) #f)
        ((null? (cdr heaps)) (car heaps))
        (else (meld (meld (car heaps) (cadr heaps)) (meld-all (cddr heaps))))))

(define (by-distance)
  (let ((done (make-vector (* size size) #f)))
    (let loop ((heap (list (cons 0 start))) (farthest 0))
      (if (not heap)
          farthest
          (let* ((d (caar heap)) (node (cdar heap)) (rest (meld-all (cdr heap))))
            (if (vector-ref done node)
                (loop rest farthest)
                (begin
                  (vector-set! done node #t)
                  (let each ((others (vector-ref graph node)) (heap rest))
                    (if (null? others)
                        (loop heap (max farthest d))
                        (each (cdr others)
                              (if (vector-ref done (car others))
                                  heap
                                  (meld (list (cons (+ d 1) (car others))) heap))))))))))))

(define (work)
  (let ((a (breadth-first)) (b (by-distance)))
    (and (= a b) a)))

(repeat 300 work 273)
