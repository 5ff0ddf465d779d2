;;; error.sld - looking into error objects, and printing what is known of them.
(define-library (limpet error)
  (export condition? condition-backtrace condition-irritants condition-kind
          condition-message condition-position condition-report
          write-condition-report)
  (import (scheme base)
          (scheme case-lambda)
          (only (limpet primitives) %type-error condition? condition-kind condition-position
                condition-backtrace condition-report))
  (include "error/report.scm"))
