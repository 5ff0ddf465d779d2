; A handler of raise that returns.
(with-exception-handler
 (lambda (object) 'ignored)
 (lambda ()
   (+ 1 (raise 'oops))))
