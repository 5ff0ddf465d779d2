;;; queens.scm - vectors: ten queens, with a vector for each direction.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (solutions n)
  (let ((columns (make-vector n #f))
        (rising (make-vector (* 2 n) #f))
        (falling (make-vector (* 2 n) #f)))
    (let place ((row 0))
      (if (= row n)
          1
          (let try ((column 0) (count 0))
            (if (= column n)
                count
                (let ((up (+ row column)) (down (+ (- row column) n)))
                  (if (or (vector-ref columns column)
                          (vector-ref rising up)
                          (vector-ref falling down))
                      (try (+ column 1) count)
                      (begin
                        (vector-set! columns column #t)
                        (vector-set! rising up #t)
                        (vector-set! falling down #t)
                        (let ((found (place (+ row 1))))
                          (vector-set! columns column #f)
                          (vector-set! rising up #f)
                          (vector-set! falling down #f)
                          (try (+ column 1) (+ count found))))))))))))

(repeat 50 (lambda () (solutions 10)) 724)
