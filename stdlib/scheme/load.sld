;;; load.sld - running files.
(define-library (scheme load)
  (export load)
  (import (limpet core) (limpet primitives) (scheme file) (only (scheme base) for-each)
    (only (scheme eval) eval))
  (include "load/load.scm"))
