; args: --check
(define (f) (if))
(define (g) (let ((x)) x))
(define (h) (unknown-name))
