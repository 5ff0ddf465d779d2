;;; gc.sld - the collector as programs see it.
(define-library (limpet gc)
  (export gc gc-stats)
  (import (only (limpet misc) gc) (only (limpet primitives) gc-stats)))
