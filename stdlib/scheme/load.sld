;;; load.sld - running files.
(define-library (scheme load)
  (export load)
  (import (limpet core) (limpet primitives) (scheme file) (only (scheme base) for-each))
  (include "load/load.scm"))
