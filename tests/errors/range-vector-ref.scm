; An index behind the end.
(define v (vector 'a 'b 'c))
(do ((i 0 (+ i 1)))
    ((> i 3))
  (display (vector-ref v i))
  (newline))
