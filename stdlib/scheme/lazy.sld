;;; lazy.sld - promises.
(define-library (scheme lazy)
  (export delay delay-force force make-promise promise?)
  (import (limpet core) (limpet primitives))
  (include "lazy/force.scm"))
