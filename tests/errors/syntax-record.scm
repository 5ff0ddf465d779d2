; A field that the constructor names and the record does not have.
(define-record-type point (make-point x z) point? (x point-x) (y point-y))
