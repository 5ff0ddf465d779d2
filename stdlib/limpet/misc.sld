;;; misc.sld - small conveniences.
(define-library (limpet misc)
  (export assert bytevector-fill! call-with-output-string gc generate-symbol parameter?
          symbol-interned? unspecified with-output-to-string)
  (import (scheme base)
          (scheme case-lambda)
          (limpet check)
          (only (limpet gc) gc)
          (only (limpet primitives) %unspecified %uninterned-symbol bytevector-fill! parameter?
                symbol-interned?))
  (include "misc/misc.scm"))
