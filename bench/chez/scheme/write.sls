;;; write.sls - (scheme write) for Chez Scheme.
(library (scheme write)
  (export display write)
  (import (chezscheme)))
