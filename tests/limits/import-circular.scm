; Libraries that import each other are refused.
; args: --max-heap 64m
; time: 10
; exit: 70
; error: circle|circular|imports itself
(define-library (a) (export x) (import (scheme base) (b)) (begin (define x 1)))
(define-library (b) (export y) (import (scheme base) (c)) (begin (define y 1)))
(define-library (c) (export z) (import (scheme base) (a)) (begin (define z 1)))
(import (a))
