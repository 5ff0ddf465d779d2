; / of exact numbers.
(/ 5 0)
