;;; queues.scm - memory: queues that grow and shrink, so that objects die in the order of their birth.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (make-queue) (cons '() '()))

(define (enqueue! queue value)
  (let ((last (list value)))
    (if (null? (car queue))
        (set-car! queue last)
        (set-cdr! (cdr queue) last))
    (set-cdr! queue last)))

(define (dequeue! queue)
  (let ((value (caar queue)))
    (set-car! queue (cdar queue))
    value))

(define (work)
  (let ((queue (make-queue)))
    (do ((i 0 (+ i 1)))
        ((= i 5000))
      (enqueue! queue (vector i (+ i 1))))
    (let loop ((i 0) (sum 0))
      (if (= i 20000)
          sum
          (let ((first (dequeue! queue)))
            (enqueue! queue (vector i (vector-ref first 0)))
            (loop (+ i 1) (+ sum (vector-ref first 1))))))))

(repeat 300 work 74995000)
