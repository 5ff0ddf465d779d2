;;; eval.scm - eval and environment.

;;> (environment import-set ...) -> an environment
;;> The bindings of those import sets; they cannot be changed.
(define (environment . import-sets)
  (%environment import-sets))

;;> (eval expr-or-definition environment) -> value
(define (eval expr-or-definition environment)
  ((%compile expr-or-definition environment)))
