;;; compile.scm - from data to Scheme procedures that take a frame and return a value.
;;;
;;; What can be decided before the program runs is decided here, once: which form it is, where
;;; a variable lives, how many arguments a call has. Calls are tail calls of Scheme, so the
;;; little Lisp has them too.
;;;
;;; The names of special forms are taken from the head of a list before any variable of that
;;; name, so they cannot be shadowed.

(define most-parameters 254)

(define (syntax-error-in form message)
  (error (string-append "evalrs: " message ": " (evalrs->string form))))

(define (check-form form least most message)
  (if (not (and (list? form) (<= least (length form)) (or (not most) (<= (length form) most))))
      (syntax-error-in form message)))

(define (truth value)
  (if value 'true '()))

;; ---- Variables and constants

(define (compile-constant value)
  (lambda (frame) value))

(define (compile-global global)
  (lambda (frame) (get-global global)))

(define (outer-frame frame depth)
  (if (= depth 0)
      frame
      (outer-frame (vector-ref frame 0) (- depth 1))))

(define (compile-checked-local name depth slot)
  (lambda (frame)
    (let ((value (vector-ref (outer-frame frame depth) slot)))
      (if (eq? value unset)
          (error (string-append "evalrs: " (symbol->string name)
                                " is used in its let before it has a value"))
          value))))

(define (compile-local depth slot)
  (case depth
    ((0) (lambda (frame) (vector-ref frame slot)))
    ((1) (lambda (frame) (vector-ref (vector-ref frame 0) slot)))
    ((2) (lambda (frame) (vector-ref (vector-ref (vector-ref frame 0) 0) slot)))
    (else (lambda (frame) (vector-ref (outer-frame frame depth) slot)))))

(define (compile-symbol name scope environment)
  (case name
    ((nil) (compile-constant '()))
    ((true) (compile-constant 'true))
    (else
     (look-up scope name
              (lambda (depth index ready?)
                (if ready?
                    (compile-local depth (+ index 1))
                    (compile-checked-local name depth (+ index 1))))
              (lambda ()
                (compile-global (environment-global environment name)))))))

;; ---- Forms with one and two operands

(define (compile-unary form scope environment operation)
  (check-form form 2 2 "expected one operand")
  (let ((operand (compile (cadr form) scope environment)))
    (lambda (frame) (operation (operand frame)))))

(define (compile-binary form scope environment operation)
  (check-form form 3 3 "expected two operands")
  (let ((first (compile (cadr form) scope environment))
        (second (compile (car (cddr form)) scope environment)))
    (lambda (frame)
      (let ((a (first frame)))
        (operation a (second frame))))))

(define (atom? value)
  (truth (not (or (pair? value) (null? value)))))

(define (nil? value)
  (truth (null? value)))

(define (is? a b)
  (truth (eq? a b)))

(define (part-of who part value)
  (cond ((pair? value) (part value))
        ((null? value) '())
        (else
         (error (string-append "evalrs: " who " expects a pair or nil, got "
                               (evalrs->string value))))))

(define (first-of value)
  (if (pair? value) (car value) (part-of "car" car value)))

(define (second-of value)
  (if (pair? value) (cdr value) (part-of "cdr" cdr value)))

;; ---- cond: tests and expressions in turn

(define (compile-cond clauses form scope environment)
  (cond ((null? clauses) (compile-constant '()))
        ((null? (cdr clauses))
         (syntax-error-in form "the last test of cond has no expression"))
        (else
         (let ((test (compile (car clauses) scope environment))
               (then (compile (cadr clauses) scope environment))
               (otherwise (compile-cond (cddr clauses) form scope environment)))
           (lambda (frame)
             (if (eq? (test frame) 'true)
                 (then frame)
                 (otherwise frame)))))))

;; ---- Binding globals

(define (named-global environment name)
  (if (symbol? name)
      (environment-global environment name)
      (error (string-append "evalrs: set expects a symbol, got " (evalrs->string name)))))

;; A procedure that returns the global variable that an expression names; for a quoted symbol,
;; as nearly all are, it is known now.
(define (compile-name expression scope environment)
  (if (and (list? expression)
           (= (length expression) 2)
           (eq? (car expression) 'quote)
           (symbol? (cadr expression)))
      (compile-constant (environment-global environment (cadr expression)))
      (let ((name (compile expression scope environment)))
        (lambda (frame) (named-global environment (name frame))))))

(define (compile-set form scope environment)
  (check-form form 3 3 "expected (set 'name expression)")
  (let ((name (compile-name (cadr form) scope environment))
        (expression (compile (car (cddr form)) scope environment)))
    (lambda (frame)
      (let ((value (expression frame)))
        (set-global-value! (name frame) value)
        value))))

(define (compile-def form scope environment)
  (check-form form 4 #f "expected (def name (parameter ...) expression ...)")
  (let ((name (cadr form)))
    (if (not (symbol? name))
        (syntax-error-in form "the name of a function must be a symbol"))
    (let ((make (compile-function name (car (cddr form)) (cdr (cddr form)) form scope
                                  environment))
          (global (environment-global environment name)))
      (lambda (frame)
        (let ((function (make frame)))
          (set-global-value! global function)
          function)))))

;; ---- Functions

(define (check-names names form)
  (if (not (list? names))
      (syntax-error-in form "expected a list of names"))
  (for-each (lambda (name)
              (if (not (symbol? name))
                  (syntax-error-in form "a name to bind must be a symbol")))
            names))

(define (compile-function name parameters body form scope environment)
  (check-names parameters form)
  (let ((arity (length parameters)))
    (if (> arity most-parameters)
        (syntax-error-in form "a function cannot have more than 254 parameters"))
    (let ((run (compile-body body (make-scope parameters arity scope) environment)))
      (case arity
        ((0)
         (lambda (frame)
           (make-function name parameters 0
                          (lambda () (run (vector frame))))))
        ((1)
         (lambda (frame)
           (make-function name parameters 1
                          (lambda (a) (run (vector frame a))))))
        ((2)
         (lambda (frame)
           (make-function name parameters 2
                          (lambda (a b) (run (vector frame a b))))))
        ((3)
         (lambda (frame)
           (make-function name parameters 3
                          (lambda (a b c) (run (vector frame a b c))))))
        (else
         (lambda (frame)
           (make-function name parameters arity
                          (lambda arguments
                            (run (list->vector (cons frame arguments)))))))))))

(define (compile-lambda form scope environment)
  (check-form form 3 #f "expected (lambda (parameter ...) expression ...)")
  (compile-function #f (cadr form) (cddr form) form scope environment))

;; Expressions in order; the value is that of the last one.
(define (compile-body body scope environment)
  (let ((first (compile (car body) scope environment)))
    (if (null? (cdr body))
        first
        (let ((rest (compile-body (cdr body) scope environment)))
          (lambda (frame)
            (first frame)
            (rest frame))))))

;; ---- let: all names are known in the initial values, which are computed in order

(define (check-bindings bindings form)
  (if (not (list? bindings))
      (syntax-error-in form "expected a list of bindings"))
  (for-each (lambda (binding)
              (if (not (and (list? binding) (= (length binding) 2)))
                  (syntax-error-in form "expected (name expression) as a binding")))
            bindings))

;; A procedure that fills the slots of a frame from `slot` on.
(define (compile-initial-values bindings slot scope environment)
  (if (null? bindings)
      (lambda (frame) #t)
      (let ((value (compile (cadr (car bindings)) scope environment)))
        (set-scope-ready! scope slot)
        (let ((rest (compile-initial-values (cdr bindings) (+ slot 1) scope environment)))
          (lambda (frame)
            (vector-set! frame slot (value frame))
            (rest frame))))))

(define (compile-let form scope environment)
  (check-form form 3 #f "expected (let ((name expression) ...) expression ...)")
  (let ((bindings (cadr form)))
    (check-bindings bindings form)
    (check-names (map car bindings) form)
    (let* ((inner (make-scope (map car bindings) 0 scope))
           (initialize (compile-initial-values bindings 1 inner environment))
           (body (compile-body (cddr form) inner environment))
           (size (+ (length bindings) 1)))
      (lambda (frame)
        (let ((new (make-vector size unset)))
          (vector-set! new 0 frame)
          (initialize new)
          (body new))))))

;; ---- Calls

(define (compile-call form scope environment)
  (check-form form 1 #f "a call must be a proper list")
  (if (> (length (cdr form)) most-parameters)
      (error "evalrs: a call cannot have more than 254 arguments"))
  (let ((callee (compile (car form) scope environment))
        (arguments (map (lambda (argument) (compile argument scope environment))
                        (cdr form))))
    (case (length arguments)
      ((0) (lambda (frame) (call0 (callee frame))))
      ((1)
       (let ((first (car arguments)))
         (lambda (frame)
           (let ((a (first frame)))
             (call1 (callee frame) a)))))
      ((2)
       (let ((first (car arguments)) (second (cadr arguments)))
         (lambda (frame)
           (let* ((a (first frame)) (b (second frame)))
             (call2 (callee frame) a b)))))
      ((3)
       (let ((first (car arguments))
             (second (cadr arguments))
             (third (car (cddr arguments))))
         (lambda (frame)
           (let* ((a (first frame)) (b (second frame)) (c (third frame)))
             (call3 (callee frame) a b c)))))
      (else
       (lambda (frame)
         (let ((values (map (lambda (argument) (argument frame)) arguments)))
           (call (callee frame) values)))))))

;; ---- Expressions

(define (compile-form form scope environment)
  (case (car form)
    ((quote)
     (check-form form 2 2 "expected (quote expression)")
     (compile-constant (cadr form)))
    ((atom?) (compile-unary form scope environment atom?))
    ((nil?) (compile-unary form scope environment nil?))
    ((car) (compile-unary form scope environment first-of))
    ((cdr) (compile-unary form scope environment second-of))
    ((cons) (compile-binary form scope environment cons))
    ((is?) (compile-binary form scope environment is?))
    ((cond)
     (check-form form 1 #f "expected (cond test expression ...)")
     (compile-cond (cdr form) form scope environment))
    ((set) (compile-set form scope environment))
    ((def) (compile-def form scope environment))
    ((lambda |\\|) (compile-lambda form scope environment))
    ((let) (compile-let form scope environment))
    (else (compile-call form scope environment))))

;; A procedure that takes a frame and returns the value of expression in it.
(define (compile expression scope environment)
  (cond ((pair? expression) (compile-form expression scope environment))
        ((symbol? expression) (compile-symbol expression scope environment))
        (else (compile-constant expression))))
