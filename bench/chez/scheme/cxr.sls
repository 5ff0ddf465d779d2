;;; cxr.sls - (scheme cxr) for Chez Scheme.
(library (scheme cxr)
  (export caaar caadr cadar caddr cadddr cdaar cdadr cddar cdddr)
  (import (chezscheme)))
