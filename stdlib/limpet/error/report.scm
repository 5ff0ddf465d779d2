;;; report.scm - the parts of error objects under one kind of name.

;;> (condition-message condition) -> string
(define (condition-message condition)
  (error-object-message condition))

;;> (condition-irritants condition) -> list
(define (condition-irritants condition)
  (error-object-irritants condition))

;;> (write-condition-report obj [port])
;;> Writes what is printed if nobody handles obj.
(define (write-condition-report obj . port)
  (apply write-string (condition-report obj) port))
