; An unknown escape in a string.
(display "a\qb")
