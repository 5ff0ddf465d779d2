;;; gc.sld - the collector as programs see it.
(define-library (limpet gc)
  (export gc gc-stats)
  (import (scheme base)
          (rename (only (limpet primitives) gc gc-stats) (gc request-collection)))
  (include "gc/gc.scm"))
