; A string that is never closed.
(display "one")
(display "two)
(newline)
