;;; nqueens.scm - places n queens on a board so that none attacks another, and shows it.
;;;
;;;     limpet nqueens.scm [N]
(import (scheme base) (scheme write) (scheme process-context))

;; A placement is a list of columns, that of the last row first.
(define (attacks? column distance other)
  (or (= column other)
      (= (abs (- column other)) distance)))

(define (safe? column placed)
  (let loop ((distance 1) (placed placed))
    (or (null? placed)
        (and (not (attacks? column distance (car placed)))
             (loop (+ distance 1) (cdr placed))))))

;; Calls (found placement) for each solution.
(define (for-each-solution found n)
  (let next-row ((row 0) (placed '()))
    (if (= row n)
        (found placed)
        (do ((column 0 (+ column 1)))
            ((= column n))
          (if (safe? column placed)
              (next-row (+ row 1) (cons column placed)))))))

(define (count-solutions n)
  (let ((count 0))
    (for-each-solution (lambda (placed) (set! count (+ count 1))) n)
    count))

(define (first-solution n)
  (call/cc
   (lambda (return)
     (for-each-solution return n)
     #f)))

(define (show placed n)
  (for-each
   (lambda (queen)
     (do ((column 0 (+ column 1)))
         ((= column n))
       (display (if (= column queen) " Q" " .")))
     (newline))
   (reverse placed)))

(define n
  (if (pair? (cdr (command-line)))
      (string->number (cadr (command-line)))
      8))

(let ((solution (first-solution n)))
  (if solution
      (show solution n)))
(display (count-solutions n))
(display " solutions\n")
