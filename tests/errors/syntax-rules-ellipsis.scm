; An ellipsis with nothing before it.
(define-syntax my-list
  (syntax-rules ()
    ((_ ... x) (list x))))
(my-list 1 2)
