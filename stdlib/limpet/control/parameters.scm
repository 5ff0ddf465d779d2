;;; parameters.scm - make-parameter and parameterize.
;;;
;;; A parameter is an object of the machine that holds its value. parameterize exchanges the
;;; value on the way in and on the way out, whichever way control takes.

;;> (make-parameter init [converter]) -> a parameter
;;> A procedure without arguments that returns its value: init, or what parameterize gave it,
;;> in both cases as converter returned it.
(define make-parameter
  (case-lambda
    ((init) (%make-parameter init #f))
    ((init converter)
     (check-procedure 'make-parameter 1 converter)
     (%make-parameter (converter init) converter))))

;; A new pair of a parameter and its value to be.
(define (parameter-binding parameter value)
  (if (parameter? parameter)
      (let ((converter (%parameter-converter parameter)))
        (cons parameter (if converter (converter value) (%check-port parameter value))))
      (%type-error 'parameterize 0 "a parameter" parameter)))

;; The way out goes backwards, so that a parameter that is bound twice ends as it began.
(define (call-with-bindings bindings thunk)
  (let ((backwards (if (pair? (cdr bindings)) (reverse bindings) bindings)))
    (%exchange-parameters! bindings)
    (let* ((outer (%push-winder! bindings backwards))
           (result (thunk)))
      (%set-winders! outer)
      (%exchange-parameters! backwards)
      result)))

;;> (parameterize ((parameter value) ...) body ...)
;;> Evaluates body while the parameters have those values, converted.
(define-syntax parameterize
  (syntax-rules ()
    ((_ () body1 body2 ...)
     (let () body1 body2 ...))
    ((_ ((parameter value) ...) body1 body2 ...)
     (call-with-bindings (list (parameter-binding parameter value) ...)
                         (lambda () body1 body2 ...)))))
