;;; array.sld - procedures on numeric vectors of any kind, bytevectors among them.
(define-library (limpet array)
  (export array->list array-append array-copy array-copy! array-fill! array-for-each
          array-kind array-length array-map array-ref array-set! array? list->array
          make-array)
  (import (scheme base)
          (scheme case-lambda)
          (limpet check)
          (only (limpet primitives) %type-error array->list array-append array-copy array-copy!
                array-fill! array-kind array-length array-ref array-set! array?
                list->array make-array))
  (include "array/map.scm"))
