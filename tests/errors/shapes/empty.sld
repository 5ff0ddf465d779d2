(define-library (shapes empty)
  (export nothing)
  (import (scheme base)))
