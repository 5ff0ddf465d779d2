;;; function.scm - functions, partial applications and calls.

;; code is a Scheme procedure of as many arguments as there are parameters.
(define-record-type function
  (make-function name parameters arity code)
  evalrs-function?
  (name function-name)
  (parameters function-parameters)
  (arity function-arity)
  (code function-code))

;; Neither arguments nor the function change: taking more arguments makes a new one.
(define-record-type partial
  (make-partial function arguments missing)
  evalrs-partial?
  (function partial-function)
  (arguments partial-arguments)
  (missing partial-missing))

(define (argument-error kind callee expected arguments)
  (error (string-append "evalrs: the " kind " " (evalrs->string callee) " takes "
                        (number->string expected) " arguments, got "
                        (number->string (length arguments)))))

(define (call-function function arguments)
  (let ((arity (function-arity function))
        (count (length arguments)))
    (cond ((= count arity) (apply (function-code function) arguments))
          ((< count arity) (make-partial function arguments (- arity count)))
          (else (argument-error "function" function arity arguments)))))

(define (call-partial partial arguments)
  (let ((missing (partial-missing partial))
        (count (length arguments)))
    (cond ((= count 0) partial)
          ((<= count missing)
           (call-function (partial-function partial)
                          (append (partial-arguments partial) arguments)))
          (else (argument-error "partial application" partial missing arguments)))))

(define (call callee arguments)
  (cond ((evalrs-function? callee) (call-function callee arguments))
        ((evalrs-partial? callee) (call-partial callee arguments))
        (else (error (string-append "evalrs: not a function: " (evalrs->string callee))))))

;; Calls with the usual numbers of arguments, without a list of them when they are complete.

(define (call0 callee)
  (if (and (evalrs-function? callee) (= (function-arity callee) 0))
      ((function-code callee))
      (call callee '())))

(define (call1 callee a)
  (if (and (evalrs-function? callee) (= (function-arity callee) 1))
      ((function-code callee) a)
      (call callee (list a))))

(define (call2 callee a b)
  (if (and (evalrs-function? callee) (= (function-arity callee) 2))
      ((function-code callee) a b)
      (call callee (list a b))))

(define (call3 callee a b c)
  (if (and (evalrs-function? callee) (= (function-arity callee) 3))
      ((function-code callee) a b c)
      (call callee (list a b c))))
