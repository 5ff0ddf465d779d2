; Closures, loops, and calls of known and unknown procedures.
; args: --dump bytecode
(define (make-counter)
  (let ((n 0))
    (lambda () (set! n (+ n 1)) n)))
(define (compose f g) (lambda (x) (f (g x))))
(define (count-if pred list)
  (let loop ((list list) (n 0))
    (if (null? list)
        n
        (loop (cdr list) (if (pred (car list)) (+ n 1) n)))))
