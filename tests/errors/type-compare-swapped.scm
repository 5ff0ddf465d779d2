(import (scheme base))
(define (f x) (> 1 x))
(f 'two)
