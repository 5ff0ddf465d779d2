; length of a list that does not end.
(length '(1 2 . 3))
