; An error in the handler of an error in a handler.
(with-exception-handler
  (lambda (outer) (vector-ref (vector) (error-object-message outer)))
  (lambda ()
    (with-exception-handler
      (lambda (inner) (error "in the inner handler:" (error-object-message inner)))
      (lambda () (car 5)))))
