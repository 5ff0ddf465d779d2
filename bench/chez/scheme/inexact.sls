;;; inexact.sls - (scheme inexact) for Chez Scheme.
(library (scheme inexact)
  (export acos asin atan cos exp log sin sqrt tan)
  (import (chezscheme)))
