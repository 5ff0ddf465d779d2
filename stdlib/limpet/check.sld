;;; check.sld - checks of arguments, for the libraries that are written in Lisp.
;;;
;;; who is the name of the procedure whose argument it is, a symbol; positions count from 0.
(define-library (limpet check)
  (export all-pairs? check-count check-ends check-list check-list-end check-number
          check-procedure check-string check-vector)
  (import (limpet core) (limpet primitives))
  (include "check/check.scm"))
