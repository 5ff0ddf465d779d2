;;; puzzle.scm - vectors: the tilings of a board by dominoes, by exhaustive search.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define rows 6)
(define columns 6)
(define width (+ columns 1))

;; One row and one column more than there is, all taken, as a fence.
(define (make-board)
  (let ((board (make-vector (* width (+ rows 1)) #t)))
    (do ((row 0 (+ row 1)))
        ((= row rows) board)
      (do ((column 0 (+ column 1)))
          ((= column columns))
        (vector-set! board (+ (* row width) column) #f)))))

(define (tilings board)
  (define end (* width rows))
  (define (fill place)
    (cond ((= place end) 1)
          ((vector-ref board place) (fill (+ place 1)))
          (else (+ (lay place 1) (lay place width)))))
  (define (lay place step)
    (let ((other (+ place step)))
      (if (vector-ref board other)
          0
          (begin
            (vector-set! board place #t)
            (vector-set! board other #t)
            (let ((count (fill (+ place 1))))
              (vector-set! board place #f)
              (vector-set! board other #f)
              count)))))
  (fill 0))

(repeat 200 (lambda () (tilings (make-board))) 6728)
