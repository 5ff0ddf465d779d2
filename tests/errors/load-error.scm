; An error in a file that load reads.
(load "shapes/loaded.scm")
