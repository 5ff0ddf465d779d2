; Too many arguments for a primitive.
(cons 1 2 3)
