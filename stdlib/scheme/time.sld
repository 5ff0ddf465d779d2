;;; time.sld - clocks.
(define-library (scheme time)
  (export current-jiffy current-second jiffies-per-second)
  (import (limpet primitives)))
