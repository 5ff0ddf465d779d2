;;; print.scm - the external form of values.

(define (print-tail tail port)
  (cond ((null? tail))
        ((pair? tail)
         (write-char #\space port)
         (print-value (car tail) port)
         (print-tail (cdr tail) port))
        (else
         (write-string " . " port)
         (print-value tail port))))

;; (Kind name (parameter ...)), without the name if there is none.
(define (print-callable kind name parameters port)
  (write-char #\( port)
  (write-string kind port)
  (if (symbol? name)
      (begin
        (write-char #\space port)
        (print-value name port)))
  (write-string " (" port)
  (if (pair? parameters)
      (begin
        (print-value (car parameters) port)
        (print-tail (cdr parameters) port)))
  (write-string "))" port))

(define (print-value value port)
  (cond ((null? value) (write-string "nil" port))
        ((symbol? value) (write-string (symbol->string value) port))
        ((string? value)
         (write-char #\" port)
         (write-string value port)
         (write-char #\" port))
        ((pair? value)
         (write-char #\( port)
         (print-value (car value) port)
         (print-tail (cdr value) port)
         (write-char #\) port))
        ((evalrs-function? value)
         (print-callable "Function" (function-name value) (function-parameters value) port))
        ((evalrs-partial? value)
         (let ((function (partial-function value)))
           (print-callable "Partial" (function-name function)
                           (list-tail (function-parameters function)
                                      (length (partial-arguments value)))
                           port)))
        (else (write-string "#<foreign>" port))))

;;> (evalrs->string value) -> string
;;> The external form of value: nil, symbols, "texts", (lists), (Function name (parameters)),
;;> and (Partial name (missing parameters)).
(define (evalrs->string value)
  (let ((port (open-output-string)))
    (print-value value port)
    (get-output-string port)))
