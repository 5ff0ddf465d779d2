(define-library (shapes broken)
  (export broken)
  (import (scheme base))
  (begin
    (define (broken)
      (let ((x))
        x))))
