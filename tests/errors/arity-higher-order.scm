; A procedure that map cannot call as it must.
(map (lambda (x) (* x x)) '(1 2) '(3 4))
