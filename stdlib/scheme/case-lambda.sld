;;; case-lambda.sld - procedures with a choice of parameter lists.
(define-library (scheme case-lambda)
  (export case-lambda)
  (import (limpet core)))
