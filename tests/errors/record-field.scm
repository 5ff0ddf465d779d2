; A constructor that names a field which is not there.
(define-record-type point (make-point x y) point?
  (x point-x)
  (z point-z))
