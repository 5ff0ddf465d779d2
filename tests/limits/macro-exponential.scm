; A macro that doubles its work.
; args: --max-heap 64m
; time: 10
; output: 4096
(define-syntax double
  (syntax-rules ()
    ((_ 0 x) (begin x x))))
(define-syntax explode
  (syntax-rules ()
    ((_ () x) x)
    ((_ (a b ...) x) (begin (explode (b ...) x) (explode (b ...) x)))))
(define n 0)
(explode (1 1 1 1 1 1 1 1 1 1 1 1) (set! n (+ n 1)))
(display n)
(newline)
