;;; control.sld - the dynamic state of a program: winders, handlers and parameters.
;;;
;;; What (scheme base) exports of this is the report's; the rest serves the other libraries.
(define-library (limpet control)
  (export dynamic-wind call-with-current-continuation call/cc rewind!
          with-exception-handler raise raise-continuable error guard
          error-object? error-object-message error-object-irritants
          make-parameter parameterize
          exit)
  (import (limpet core) (limpet primitives) (only (limpet check) check-procedure))
  (include "control/exceptions.scm" "control/wind.scm" "control/parameters.scm"))
