; An index that is no exact integer.
(display (vector-ref (vector 1 2 3) (/ 4 2.0)))
