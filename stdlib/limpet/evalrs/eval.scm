;;; eval.scm - running programs.

;;> (evalrs-eval expression [environment]) -> value
;;> The value of an expression given as data.
(define evalrs-eval
  (case-lambda
    ((expression) (evalrs-eval expression (make-evalrs-environment)))
    ((expression environment)
     ((compile expression #f environment) #f))))

;;> (evalrs-eval-string string [environment]) -> value
;;> Evaluates all expressions in string, in order: the value of the last one, nil if there are
;;> none.
(define evalrs-eval-string
  (case-lambda
    ((string) (evalrs-eval-string string (make-evalrs-environment)))
    ((string environment)
     (let loop ((expressions (evalrs-read-string string)) (value '()))
       (if (pair? expressions)
           (loop (cdr expressions) (evalrs-eval (car expressions) environment))
           value)))))
