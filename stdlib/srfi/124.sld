;;; 124.sld - SRFI 124: ephemerons.
(define-library (srfi 124)
  (export ephemeron-broken? ephemeron-datum ephemeron-key ephemeron? make-ephemeron
          reference-barrier)
  (import (limpet primitives)))
