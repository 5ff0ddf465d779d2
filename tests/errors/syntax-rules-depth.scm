; A pattern variable without the ellipsis that its pattern has.
(define-syntax my-list
  (syntax-rules ()
    ((_ x ...) (list x))))
(my-list 1 2)
