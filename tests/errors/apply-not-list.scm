; The last argument of apply is no list.
(display (apply max 1 2 3))
