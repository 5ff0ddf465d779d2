; An error inside an error handler.
(with-exception-handler
 (lambda (object)
   (car object))
 (lambda ()
   (error "first")))
