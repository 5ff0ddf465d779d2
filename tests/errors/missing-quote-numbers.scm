; A list of numbers that was meant as data.
(display (length (1 2 3)))
