; A procedure without a name.
((lambda (x y) (+ x y)) 1)
