;;; metacircular.scm - an evaluator for a little Lisp, in Lisp.
;;;
;;; The language is the one of "Writing Interpreters in Rust: a Guide": nil is the empty list
;;; and false, only the symbol `true` is true, and a procedure that gets too few arguments
;;; waits for the others. It has quote, cond, let, lambda (or \), def and set, and the
;;; procedures atom? nil? car cdr cons is?. An evaluator in the style of chapter 4 of
;;; "Structure and Interpretation of Computer Programs": eval dispatches on what an expression
;;; is, apply on what a procedure is, and each calls the other.
(import (scheme base) (scheme write))

;;; Environments: a list of frames, a frame is a box of an association list.

(define (make-frame names values)
  (list (map cons names values)))

(define (frame-find frame name)
  (assq name (car frame)))

(define (frame-define! frame name value)
  (let ((entry (frame-find frame name)))
    (if entry
        (set-cdr! entry value)
        (set-car! frame (cons (cons name value) (car frame))))))

(define (lookup name environment)
  (cond ((null? environment) (error "not bound to a value:" name))
        ((frame-find (car environment) name) => cdr)
        (else (lookup name (cdr environment)))))

(define (global-frame environment)
  (if (null? (cdr environment))
      (car environment)
      (global-frame (cdr environment))))

;;; Procedures: built-in ones, and closures; both may hold arguments that came early.

(define-record-type closure
  (make-closure name arity held run)
  closure?
  (name closure-name)
  (arity closure-arity)
  (held closure-held)
  (run closure-run))

(define (closure-missing closure)
  (- (closure-arity closure) (length (closure-held closure))))

(define (apply-procedure procedure arguments)
  (if (not (closure? procedure))
      (error "not callable:" procedure))
  (let ((missing (closure-missing procedure))
        (all (append (closure-held procedure) arguments)))
    (cond ((= (length arguments) missing)
           (apply (closure-run procedure) all))
          ((< (length arguments) missing)
           (make-closure (closure-name procedure) (closure-arity procedure) all
                         (closure-run procedure)))
          (else
           (error "too many arguments for" (closure-name procedure))))))

;;; The evaluator.

(define (true? value)
  (eq? value 'true))

(define (truth boolean)
  (if boolean 'true '()))

(define (evaluate expression environment)
  (cond ((memq expression '(nil ())) '())
        ((eq? expression 'true) 'true)
        ((symbol? expression) (lookup expression environment))
        ((pair? expression)
         (let ((form (assq (car expression) special-forms)))
           (if form
               ((cdr form) (cdr expression) environment)
               (evaluate-call expression environment))))
        (else expression)))

(define (evaluate-call expression environment)
  (let ((procedure (evaluate (car expression) environment)))
    (apply-procedure procedure
                     (map (lambda (argument) (evaluate argument environment))
                          (cdr expression)))))

(define (evaluate-body body environment)
  (let ((value (evaluate (car body) environment)))
    (if (null? (cdr body))
        value
        (evaluate-body (cdr body) environment))))

(define (evaluate-cond clauses environment)
  (cond ((null? clauses) '())
        ((null? (cdr clauses)) (error "a test without an expression in cond:" (car clauses)))
        ((true? (evaluate (car clauses) environment))
         (evaluate (cadr clauses) environment))
        (else (evaluate-cond (cddr clauses) environment))))

(define (make-procedure name parameters body environment)
  (make-closure name (length parameters) '()
                (lambda arguments
                  (evaluate-body body
                                 (cons (make-frame parameters arguments) environment)))))

(define (evaluate-lambda operands environment)
  (make-procedure 'lambda (car operands) (cdr operands) environment))

(define (evaluate-def operands environment)
  (let ((procedure (make-procedure (car operands) (cadr operands) (cddr operands)
                                   environment)))
    (frame-define! (global-frame environment) (car operands) procedure)
    procedure))

(define (evaluate-set operands environment)
  (let ((name (evaluate (car operands) environment))
        (value (evaluate (cadr operands) environment)))
    (frame-define! (global-frame environment) name value)
    value))

;; Each initial value sees the bindings before it, and a procedure sees itself.
(define (evaluate-let operands environment)
  (let* ((frame (make-frame '() '()))
         (inner (cons frame environment)))
    (for-each (lambda (binding)
                (frame-define! frame (car binding) (evaluate (cadr binding) inner)))
              (car operands))
    (evaluate-body (cdr operands) inner)))

(define special-forms
  (list (cons 'quote (lambda (operands environment) (car operands)))
        (cons 'cond evaluate-cond)
        (cons 'lambda evaluate-lambda)
        (cons '|\\| evaluate-lambda)
        (cons 'def evaluate-def)
        (cons 'set evaluate-set)
        (cons 'let evaluate-let)))

(define (part take)
  (lambda (value)
    (cond ((null? value) '())
          ((pair? value) (take value))
          (else (error "not a list:" value)))))

(define (new-environment)
  (define (built-in name arity run)
    (cons name (make-closure name arity '() run)))
  (list (list (list (built-in 'car 1 (part car))
                    (built-in 'cdr 1 (part cdr))
                    (built-in 'cons 2 cons)
                    (built-in 'nil? 1 (lambda (value) (truth (null? value))))
                    (built-in 'atom? 1
                              (lambda (value) (truth (not (or (null? value) (pair? value))))))
                    (built-in 'is? 2 (lambda (a b) (truth (eq? a b))))))))

;;; Programs, each a list of expressions, whose last value is printed.

(define (run . expressions)
  (write (evaluate-body expressions (new-environment)))
  (newline))

(run '(cond (nil? nil) 'x (nil? 'a) 'y))
(run '(cond (nil? 'a) 'x (nil? nil) 'y))
(run '(cond (nil? 'a) 'x (nil? 'b) 'y))
(run '(def is_it (ask expect) (is? ask expect))
     '(def is_it_a (ask) (is_it ask 'a))
     '(cons (is_it_a nil) (is_it_a 'a)))
(run '(def is_y (ask) (is? ask 'y))
     '(def map (f l) (cond (nil? l) nil true (cons (f (car l)) (map f (cdr l)))))
     '(map is_y '(x y z z y)))
(run '(def isit (a b) (is? a b))
     '(cons ((isit 'x) 'x) ((isit 'x) 'y)))
(run '(let ((x 'y)) x))
(run '(def deconrecon (list) (let ((a (car list)) (b (cdr list))) (cons a b)))
     '(deconrecon '(x y z z y)))
(run '(def head (a) (let ((inner (lambda () (car a)))) inner))
     '(set 'inner (head '(x y z z y)))
     '(inner))
(run '(let ((f (lambda (a) a))) (let ((g (f 'b))) g)))
(run '(let ((f (lambda (l) (cond (nil? l) 'done true (f (cdr l)))))) (f '(a b))))
(run '(def append (x y) (cond (nil? x) y true (cons (car x) (append (cdr x) y))))
     '(append '(a b) '(c d)))
(run '(def a (x) (lambda (y) (lambda (z) (cons x (cons y z)))))
     '(((a 'p) 'q) 'r))
