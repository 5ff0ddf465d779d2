; syntax-error from a macro.
(define-syntax only-names
  (syntax-rules ()
    ((_ (x ...)) (syntax-error "only names here, please" x ...))
    ((_ x) 'x)))
(display (only-names a))
(newline)
(only-names (1 2))
