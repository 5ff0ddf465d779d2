;;; eval.sld - evaluating data as programs.
(define-library (scheme eval)
  (export environment eval)
  (import (limpet core) (limpet primitives))
  (include "eval/eval.scm"))
