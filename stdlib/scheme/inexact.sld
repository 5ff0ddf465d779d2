;;; inexact.sld - procedures on inexact numbers.
(define-library (scheme inexact)
  (export acos asin atan cos exp finite? infinite? log nan? sin sqrt tan)
  (import (limpet primitives)))
