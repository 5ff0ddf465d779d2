(define area 1)
(include "circle-two.scm")
