;;; process-context.sld - what a program knows of the system, and how it ends.
(define-library (scheme process-context)
  (export command-line emergency-exit exit get-environment-variable
          get-environment-variables)
  (import (limpet core) (limpet primitives) (only (limpet control) exit))
  (include "process-context/exit.scm"))
