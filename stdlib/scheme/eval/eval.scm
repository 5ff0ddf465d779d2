;;; eval.scm - eval and environment.

;;> (environment import-set ...) -> an environment
;;> The bindings of those import sets; they cannot be changed.
(define (environment . import-sets)
  (let check ((sets import-sets) (position 0))
    (if (pair? sets)
        (begin
          (if (not (list? (car sets)))
              (%type-error 'environment position "an import set" (car sets)))
          (check (cdr sets) (+ position 1)))))
  (let ((made (%environment import-sets)))
    (if (cdr made)
        ((cdr made)))
    (car made)))

;;> (eval expr-or-definition environment) -> value
(define (eval expr-or-definition environment)
  ((%compile expr-or-definition environment)))
