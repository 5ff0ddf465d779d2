;;; gc.sld - the collector as programs see it.
(define-library (limpet gc)
  (export gc gc-stats)
  (import (limpet primitives)))
