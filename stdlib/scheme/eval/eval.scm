;;; eval.scm - eval and environment.

;;> (environment import-set ...) -> an environment
;;> The bindings of those import sets; they cannot be changed.
(define (environment . import-sets)
  (let ((made (%environment import-sets)))
    (if (cdr made)
        ((cdr made)))
    (car made)))

;;> (eval expr-or-definition environment) -> value
(define (eval expr-or-definition environment)
  ((%compile expr-or-definition environment)))
