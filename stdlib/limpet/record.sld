;;; record.sld - looking at records and their types.
(define-library (limpet record)
  (export record-rtd record-type-field-names record-type-name record?)
  (import (limpet primitives)))
