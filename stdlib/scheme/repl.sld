;;; repl.sld - the environment of the prompt.
(define-library (scheme repl)
  (export interaction-environment)
  (import (limpet core) (limpet primitives))
  (include "repl/interaction.scm"))
