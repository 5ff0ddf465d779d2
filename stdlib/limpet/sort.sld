;;; sort.sld - stable sorting of lists and vectors.
(define-library (limpet sort)
  (export list-sort sort vector-sort vector-sort!)
  (import (scheme base) (limpet check) (only (limpet primitives) %type-error))
  (include "sort/merge.scm"))
