;;; names.scm - the names that environments and libraries bind.

;;> (environment-names environment) -> list
;;> The symbols that environment binds, sorted.
(define (environment-names environment)
  (list-sort (lambda (a b) (string<? (symbol->string a) (symbol->string b)))
             (%environment-names environment)))

;;> (library-exports name) -> list
;;> The symbols that the library of that name exports, sorted. Any import set will do.
(define (library-exports name)
  (environment-names (environment name)))
