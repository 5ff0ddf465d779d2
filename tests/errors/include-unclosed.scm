; A parenthesis that is never closed, in a file that the program includes.
(define one 1)
(include "shapes/unclosed.scm")
