; An error at run time in an argument of a macro.
(define-syntax twice
  (syntax-rules ()
    ((_ e) (begin e e))))
(twice (vector-ref (vector) 0))
