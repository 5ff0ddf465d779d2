(define-library (shapes circle)
  (export area)
  (import (scheme base))
  (begin
    (define pi 3)

    (define (double x)
      (* x 2))

    (define (area radius)
      (* pi (double radius)))))
