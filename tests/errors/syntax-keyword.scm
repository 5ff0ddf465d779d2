; A keyword as a variable.
(display if)
