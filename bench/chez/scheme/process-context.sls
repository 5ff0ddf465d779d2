;;; process-context.sls - (scheme process-context) for Chez Scheme.
(library (scheme process-context)
  (export command-line exit)
  (import (chezscheme)))
