;;; load.scm - load.

;;> (load file [environment])
;;> Reads and evaluates the forms in the file, one after the other, in environment or that of
;;> the prompt.
(define load
  (case-lambda
    ((file) (load file (%interaction-environment)))
    ((file environment)
     (call-with-input-file file
       (lambda (port)
         (let loop ()
           (let ((form (read port)))
             (if (not (eof-object? form))
                 (begin
                   (eval form environment)
                   (loop))))))))))
