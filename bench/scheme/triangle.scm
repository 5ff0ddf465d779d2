;;; triangle.scm - vectors: the peg solitaire on a triangle of fifteen holes, all ways to end.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

;; Jumps as (from over to), holes numbered from 0 row by row.
(define jumps
  (list->vector
   (let each ((row 0) (column 0))
     (define (hole row column) (+ (quotient (* row (+ row 1)) 2) column))
     (define (jump dr dc)
       (let ((r (+ row (* 2 dr))) (c (+ column (* 2 dc))))
         (if (and (<= 0 r 4) (<= 0 c r))
             (list (vector (hole row column) (hole (+ row dr) (+ column dc)) (hole r c)))
             '())))
     (cond ((= row 5) '())
           ((> column row) (each (+ row 1) 0))
           (else
            (append (jump 0 1) (jump 0 -1) (jump 1 0) (jump -1 0) (jump 1 1) (jump -1 -1)
                    (each row (+ column 1))))))))

(define board (make-vector 15 #t))

(define (jump! from over to full)
  (vector-set! board from full)
  (vector-set! board over full)
  (vector-set! board to (not full)))

;; How many sequences of jumps leave `deepest` pegs, where `left` pegs are on the board.
(define (ends left deepest)
  (if (= left deepest)
      1
      (let loop ((i 0) (count 0))
        (if (= i (vector-length jumps))
            count
            (let* ((jump (vector-ref jumps i))
                   (from (vector-ref jump 0))
                   (over (vector-ref jump 1))
                   (to (vector-ref jump 2)))
              (if (and (vector-ref board from) (vector-ref board over)
                       (not (vector-ref board to)))
                  (begin
                    (jump! from over to #f)
                    (let ((found (ends (- left 1) deepest)))
                      (jump! from over to #t)
                      (loop (+ i 1) (+ count found))))
                  (loop (+ i 1) count)))))))

(vector-set! board 0 #f)
(repeat 50 (lambda () (ends 14 7)) 21530)
