(define-library (shapes square)
  (export square)
  (import (scheme base))
  (begin
    (define (square x) (* x x))))
