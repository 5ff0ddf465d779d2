; args: -W none
(import (scheme base) (scheme write))
(define (unused) (no-such-procedure))
(car 'x)
