; => with two receivers.
(define (f x)
  (cond ((assv x '((1 . 2))) => cdr car)
        (else #f)))
