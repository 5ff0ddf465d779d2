; An error in a file that the program includes.
(include "shapes/wrong-include.scm")
(display (diagonal 3 4))
