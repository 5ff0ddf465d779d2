; One value where two are wanted.
(define-values (q r) (quotient 7 2))
(display q)
