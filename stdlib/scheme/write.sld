;;; write.sld - writing data.
(define-library (scheme write)
  (export display write write-shared write-simple)
  (import (limpet primitives)))
