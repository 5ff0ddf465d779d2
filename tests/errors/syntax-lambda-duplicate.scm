; The same parameter twice.
(lambda (x y x) x)
