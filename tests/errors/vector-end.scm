; The loop goes one too far.
(define v (vector 1 2 3))
(define (sum v)
  (do ((i 0 (+ i 1))
       (s 0 (+ s (vector-ref v i))))
      ((> i (vector-length v)) s)))
(display (sum v))
