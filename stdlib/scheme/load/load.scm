;;; load.scm - load.

;; Everything that is left to read, as one string.
(define (read-rest port)
  (let ((to (open-output-string)))
    (let loop ()
      (let ((part (read-string 8192 port)))
        (if (not (eof-object? part))
            (begin
              (write-string part to)
              (loop)))))
    (get-output-string to)))

;;> (load file [environment])
;;> Reads the forms in the file and evaluates them, one after the other, in environment or that
;;> of the prompt.
(define load
  (case-lambda
    ((file) (load file (%interaction-environment)))
    ((file environment)
     (if (not (string? file))
         (%type-error 'load 0 "a string" file))
     (if (not (%environment? environment))
         (%type-error 'load 1 "an environment" environment))
     (for-each (lambda (form) ((%compile form environment #t)))
               (%source-forms (call-with-input-file file read-rest) file)))))
