;;; eval.scm - running programs.

(define (check-environment who obj)
  (if (not (evalrs-environment? obj))
      (%type-error who 1 "an environment of evalrs" obj)))

;;> (evalrs-eval expression [environment]) -> value
;;> The value of an expression given as data.
(define evalrs-eval
  (case-lambda
    ((expression) (evalrs-eval expression (make-evalrs-environment)))
    ((expression environment)
     (check-environment 'evalrs-eval environment)
     ((compile expression #f environment) #f))))

;;> (evalrs-eval-string string [environment]) -> value
;;> Evaluates all expressions in string, in order: the value of the last one, nil if there are
;;> none.
(define evalrs-eval-string
  (case-lambda
    ((string) (evalrs-eval-string string (make-evalrs-environment)))
    ((string environment)
     (check-string 'evalrs-eval-string 0 string)
     (check-environment 'evalrs-eval-string environment)
     (let loop ((expressions (evalrs-read-string string)) (value '()))
       (if (pair? expressions)
           (loop (cdr expressions) (evalrs-eval (car expressions) environment))
           value)))))
