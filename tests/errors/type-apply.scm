; The last argument of apply must be a list.
(apply + 1 2)
