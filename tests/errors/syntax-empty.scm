; The empty list as an expression.
(display ())
