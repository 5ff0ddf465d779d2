; A list too short.
(list-ref '(1 2 3) 5)
