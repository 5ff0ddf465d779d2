;;; read.sls - (scheme read) for Chez Scheme.
(library (scheme read)
  (export read)
  (import (chezscheme)))
