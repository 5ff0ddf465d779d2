; Files that include each other: who includes whom, where it closes the circle.
(include "shapes/circle-one.scm")
(display area)
