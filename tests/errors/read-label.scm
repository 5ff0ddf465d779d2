; A datum label that was never defined.
(display '(#0# 1))
