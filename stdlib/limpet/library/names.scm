;;; names.scm - the names that environments and libraries bind.

;; The symbols that environment binds, sorted.
(define (names-of environment)
  (list-sort (lambda (a b) (string<? (symbol->string a) (symbol->string b)))
             (%environment-names environment)))

;;> (environment-names environment) -> list
;;> The symbols that environment binds, sorted.
(define (environment-names environment)
  (if (not (%environment? environment))
      (%type-error 'environment-names 0 "an environment" environment))
  (names-of environment))

;;> (library-exports name) -> list
;;> The symbols that the library of that name exports, sorted. Any import set will do.
(define (library-exports name)
  (check-list 'library-exports 0 name)
  (names-of (environment name)))
