;;; case-lambda.sls - (scheme case-lambda) for Chez Scheme.
(library (scheme case-lambda)
  (export case-lambda)
  (import (chezscheme)))
