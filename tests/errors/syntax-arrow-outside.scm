; => where it means nothing.
(define (f x)
  (if (assv x '((1 . 2))) => cdr))
(f 1)
