; A file that includes itself. One that is included twice is no circle.
(include "shapes/twice.scm")
(include "shapes/twice.scm")
(include "include-itself.scm")
