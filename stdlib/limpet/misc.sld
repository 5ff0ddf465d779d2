;;; misc.sld - small conveniences.
(define-library (limpet misc)
  (export assert bytevector-fill! call-with-output-string gc generate-symbol parameter?
          symbol-interned? unspecified with-output-to-string)
  (import (scheme base)
          (scheme case-lambda)
          (limpet check)
          (rename (only (limpet primitives) %unspecified %uninterned-symbol bytevector-fill! gc
                        parameter? symbol-interned?)
                  (gc request-collection)))
  (include "misc/misc.scm"))
