;;; library.sld - asking libraries and environments what they hold.
(define-library (limpet library)
  (export environment-names library-exports)
  (import (scheme base)
          (only (scheme eval) environment)
          (limpet check)
          (only (limpet primitives) %environment? %environment-names %type-error)
          (only (limpet sort) list-sort))
  (include "library/names.scm"))
