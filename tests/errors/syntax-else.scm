; else before the last clause.
(cond (else 1)
      ((= 1 2) 2))
