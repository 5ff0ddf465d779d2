;;; list.sld - procedures on lists beyond those of the report.
;;;
;;; Names and arguments are those of SRFI 1 where it has them.
(define-library (limpet list)
  (export any append-map append-reverse concatenate cons* count delete
          delete-duplicates drop every filter filter-map find find-tail fold fold-right
          iota last last-pair list-index partition reduce remove take)
  (import (scheme base)
          (scheme case-lambda)
          (limpet check)
          (only (limpet primitives) %type-error cons* last-pair))
  (include "list/fold.scm" "list/search.scm" "list/select.scm"))
