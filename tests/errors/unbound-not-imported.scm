(import (scheme base))
(define (f x)
  (display x))
(f 1)
