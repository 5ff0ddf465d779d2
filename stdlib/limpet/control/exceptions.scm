;;; exceptions.scm - raising and handling: with-exception-handler, raise, error and guard.
;;;
;;; The dynamic state holds a list of handlers, the innermost first. A handler runs with the
;;; handlers outside of its own.

;;> (with-exception-handler handler thunk) -> what thunk returns
;;> Calls thunk. While it runs, handler is called with every object that is raised.
(define (with-exception-handler handler thunk)
  (check-procedure 'with-exception-handler 0 handler)
  (check-procedure 'with-exception-handler 1 thunk)
  (let ((outer (%handlers)))
    (%set-handlers! (cons handler outer))
    (let ((result (thunk)))
      (%set-handlers! outer)
      result)))

;; Nobody handles obj, so the program ends, or the prompt takes over. Calls of dynamic-wind
;; are left as on any other way out, so that parameters get their old values back. What an
;; after thunk raises is dropped: the first error is the one to report.
(define (abandon obj)
  (let unwind ()
    (if (pair? (%winders))
        (let ((winder (car (%winders))))
          (%set-winders! (cdr (%winders)))
          (%call/cc
           (lambda (k)
             (%set-handlers! (list (lambda (secondary) (k #f))))
             (run-thunk (winder-after winder))))
          (unwind))))
  (%set-handlers! '())
  (%uncaught obj))

;;> (raise-continuable obj) -> what the handler returns
;;> Calls the innermost handler with obj.
(define (raise-continuable obj)
  (let ((handlers (%handlers)))
    (if (null? handlers)
        (abandon obj)
        (begin
          (%set-handlers! (cdr handlers))
          (let ((result ((car handlers) obj)))
            (%set-handlers! handlers)
            result)))))

;;> (raise obj)
;;> Calls the innermost handler with obj. That it returns is an error, which the handlers
;;> outside of it get.
(define (raise obj)
  (let ((handlers (%handlers)))
    (if (null? handlers)
        (abandon obj)
        (begin
          (%set-handlers! (cdr handlers))
          ((car handlers) obj)
          (raise (%make-condition 'error "a handler returned from a raise that cannot continue:"
                                  (list obj)))))))

;; Errors that the machine finds are raised like all others.
(%set-signal-handler! raise)

;;> (error message obj ...)
;;> Raises a new error object with that message and those irritants.
(define (error message . irritants)
  (raise (%make-condition 'error message irritants)))

;;> (error-object? obj) -> boolean
;;> True for what error and the procedures of the system raise.
(define (error-object? obj)
  (condition? obj))

;;> (error-object-message error-object) -> string
(define (error-object-message obj)
  (if (condition? obj)
      (%condition-message obj)
      (%type-error 'error-object-message 0 "an error object" obj)))

;;> (error-object-irritants error-object) -> list
(define (error-object-irritants obj)
  (if (condition? obj)
      (%condition-irritants obj)
      (%type-error 'error-object-irritants 0 "an error object" obj)))

;; Calls body. If it raises, leaves it and calls handle with the object and a thunk that goes
;; back to where it was raised and raises it again for the handlers outside.
(define (call-with-guard body handle)
  ((call/cc
    (lambda (return)
      (with-exception-handler
       (lambda (obj)
         ((call/cc
           (lambda (resume)
             (return
              (lambda ()
                (handle obj
                        (lambda ()
                          (resume (lambda () (raise-continuable obj)))))))))))
       (lambda ()
         (let ((result (body)))
           (lambda () result))))))))

;; The same for clauses that always take the object, so that there is nothing to go back to.
(define (call-with-total-guard body handle)
  ((call/cc
    (lambda (return)
      (with-exception-handler
       (lambda (obj)
         (return (lambda () (handle obj))))
       (lambda ()
         (let ((result (body)))
           (lambda () result))))))))

;;> (guard (variable clause ...) body ...)
;;> Evaluates body. If it raises an object, binds variable to it and evaluates the clauses as
;;> cond does; if none applies, raises it again where it was raised.
(define-syntax guard
  (syntax-rules (else)
    ((_ ((operator . operands) . clauses) . body)
     (syntax-error "guard: expected a variable before the clauses, got" (operator . operands)))
    ((_ (variable clause ... (else result1 result2 ...)) body1 body2 ...)
     (call-with-total-guard
      (lambda () body1 body2 ...)
      (lambda (variable)
        (cond clause ... (else result1 result2 ...)))))
    ((_ (variable clause ...) body1 body2 ...)
     (call-with-guard
      (lambda () body1 body2 ...)
      (lambda (variable reraise)
        (cond clause ... (else (reraise))))))
    ((_ . operands)
     (syntax-error "guard: expected (guard (variable clause ...) body ...)"))))
