; A quoted list must not change.
(define numbers '(1 2 3))
(set-car! numbers 10)
