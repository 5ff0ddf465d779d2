; A handler of error that returns.
(with-exception-handler
 (lambda (object) 'ignored)
 (lambda ()
   (+ 1 (error "this is wrong:" 5))))
