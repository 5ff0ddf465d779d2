(import (scheme base))
(define (total a b c) (+ 1 a b c 'four))
(total 1 2 3)
