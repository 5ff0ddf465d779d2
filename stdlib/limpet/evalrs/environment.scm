;;; environment.scm - global variables, and what the compiler knows of local ones.

;; ---- Global variables: cells, which code refers to from the time it is compiled

(define unbound (list 'unbound))

(define-record-type global
  (make-global name value)
  global?
  (name global-name)
  (value global-value set-global-value!))

(define-record-type environment
  (new-environment globals)
  evalrs-environment?
  (globals environment-globals set-environment-globals!))

;;> (make-evalrs-environment) -> environment
;;> An environment of its own, without global variables.
(define (make-evalrs-environment)
  (new-environment '()))

;; The cell of a global variable; a new one without a value if there is none.
(define (environment-global environment name)
  (let ((entry (assq name (environment-globals environment))))
    (if entry
        (cdr entry)
        (let ((global (make-global name unbound)))
          (set-environment-globals! environment
                                    (cons (cons name global)
                                          (environment-globals environment)))
          global))))

(define (get-global global)
  (let ((value (global-value global)))
    (if (eq? value unbound)
        (error (string-append "evalrs: the symbol " (symbol->string (global-name global))
                              " is not bound to a value"))
        value)))

;; ---- Local variables: a frame at run time is a vector, #(outer-frame value ...). A scope is
;; what the compiler knows of one. While the initial values of a let are compiled, the
;; variables from `ready` on may be read too early, so reading them is checked.

(define unset (list 'unset))

(define-record-type scope
  (make-scope names ready outer)
  scope?
  (names scope-names)
  (ready scope-ready set-scope-ready!)
  (outer scope-outer))

;; The index of the last variable with that name, or #f.
(define (scope-index scope name)
  (let loop ((names (scope-names scope)) (i 0) (found #f))
    (cond ((null? names) found)
          ((eq? (car names) name) (loop (cdr names) (+ i 1) i))
          (else (loop (cdr names) (+ i 1) found)))))

;; Calls found with how many scopes out the variable is, its index, and whether it has its
;; value; or calls missing without arguments.
(define (look-up scope name found missing)
  (let loop ((scope scope) (depth 0))
    (if scope
        (let ((index (scope-index scope name)))
          (if index
              (found depth index (< index (scope-ready scope)))
              (loop (scope-outer scope) (+ depth 1))))
        (missing))))
