; raise-continuable without a handler.
(+ 1 (raise-continuable 'need-help))
