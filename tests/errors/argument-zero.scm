(import (scheme base))
(define (sign x) (if (negative? x) -1 1))
(sign "text")
