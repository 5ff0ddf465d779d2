; raise of a list, through a handler that passes it on.
(with-exception-handler
 (lambda (object)
   (display "seen")
   (newline)
   (raise object))
 (lambda ()
   (raise '(bad "thing" 1))))
