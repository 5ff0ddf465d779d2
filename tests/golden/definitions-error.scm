; Forms before one that is in error are run.
(import (scheme base) (scheme write))
(define (f x) (* x x))
(display (f 12))
(newline)
(let ((x)) x)
