; let without a body.
(define (f x)
  (let ((y (* x 2)))))
