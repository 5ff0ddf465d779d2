; raise of a record.
(define-record-type failure (make-failure code reason) failure?
  (code failure-code)
  (reason failure-reason))
(raise (make-failure 7 "disk full"))
