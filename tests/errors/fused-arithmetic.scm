(import (scheme base))
(define (polynomial x y z)
  (+ z
     (* x
        y)))
(guard (e (#t #f)) (polynomial 1 'a 2))
(polynomial 1 2 'a)
