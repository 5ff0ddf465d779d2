;;; report.scm - the parts of error objects under one kind of name.

(define (check-condition who obj)
  (if (not (condition? obj))
      (%type-error who 0 "a condition" obj)))

;;> (condition-message condition) -> string
(define (condition-message condition)
  (check-condition 'condition-message condition)
  (error-object-message condition))

;;> (condition-irritants condition) -> list
(define (condition-irritants condition)
  (check-condition 'condition-irritants condition)
  (error-object-irritants condition))

;;> (write-condition-report obj [port])
;;> Writes what is printed if nobody handles obj.
(define write-condition-report
  (case-lambda
    ((obj) (write-condition-report obj (current-output-port)))
    ((obj port)
     (if (not (and (output-port? port) (textual-port? port)))
         (%type-error 'write-condition-report 1 "a textual output port" port))
     (write-string (condition-report obj) port))))
