(define side 2)
  (include-ci "circle-one.scm")
