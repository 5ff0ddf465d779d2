;;; environments.scm - null-environment and scheme-report-environment.

(define (check-version who version)
  (if (not (eqv? version 5))
      (%type-error who 0 "5, the version of that report," version)))

;;> (scheme-report-environment version) -> an environment
;;> What (scheme r5rs) exports; the version is 5. It cannot be changed.
(define (scheme-report-environment version)
  (check-version 'scheme-report-environment version)
  (environment '(scheme r5rs)))

;;> (null-environment version) -> an environment
;;> The syntax that (scheme r5rs) exports; the version is 5.
(define (null-environment version)
  (check-version 'null-environment version)
  (environment
   '(only (scheme r5rs) ... => and begin case cond define define-syntax delay do else if
          lambda let let* let-syntax letrec letrec-syntax or quasiquote quote set!
          syntax-rules)))
