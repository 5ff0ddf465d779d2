;;; weak.sld - weak pairs, hash tables with weak keys, and guardians.
(define-library (limpet weak)
  (export make-guardian
          weak-car weak-cdr weak-cons weak-pair/car? weak-pair? weak-set-car! weak-set-cdr!
          make-weak-eq-hashtable make-weak-eqv-hashtable weak-hashtable->alist
          weak-hashtable-clear! weak-hashtable-contains? weak-hashtable-copy
          weak-hashtable-count weak-hashtable-delete! weak-hashtable-fold weak-hashtable-keys
          weak-hashtable-ref weak-hashtable-set! weak-hashtable-update! weak-hashtable-values
          weak-hashtable-walk weak-hashtable?)
  (import (scheme base)
          (scheme case-lambda)
          (only (limpet check) check-procedure)
          (limpet primitives))
  (include "weak/guardian.scm" "weak/hashtable.scm"))
