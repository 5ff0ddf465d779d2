; A parameter that is no name.
(define f
  (lambda (x 5) x))
