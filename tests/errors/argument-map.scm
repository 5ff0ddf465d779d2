(map '(1 2 3) car)
