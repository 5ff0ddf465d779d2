;;; misc.sld - small conveniences.
(define-library (limpet misc)
  (export assert call-with-output-string generate-symbol symbol-interned? unspecified
          with-output-to-string)
  (import (scheme base)
          (scheme case-lambda)
          (rename (only (limpet primitives) %unspecified %uninterned-symbol symbol-interned?)
                  (%unspecified unspecified)))
  (include "misc/misc.scm"))
