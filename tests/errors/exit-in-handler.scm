; exit from a handler gives the status; the error is not reported.
(with-exception-handler
 (lambda (e)
   (display (error-object-message e))
   (newline)
   (exit 3))
 (lambda ()
   (error "stop")))
