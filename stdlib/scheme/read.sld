;;; read.sld - reading data.
(define-library (scheme read)
  (export read)
  (import (limpet primitives)))
