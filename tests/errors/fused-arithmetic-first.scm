(import (scheme base))
(define (polynomial x y z)
  (+ z
     (* x
        y)))
(polynomial 1 'a 2)
