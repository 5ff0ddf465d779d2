;;; complex.sld - complex numbers and their parts.
(define-library (scheme complex)
  (export angle imag-part magnitude make-polar make-rectangular real-part)
  (import (limpet primitives)))
