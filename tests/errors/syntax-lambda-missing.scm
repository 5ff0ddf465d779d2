; lambda without parameters.
(define double (lambda x * 2))
(define add (lambda (+ 1 2)))
(define f (lambda))
