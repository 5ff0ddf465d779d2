;; A name that is taken by a library of the system.
(define-library (scheme cxr)
  (export caddr)
  (import (scheme base))
  (begin (define (caddr x) (car (cddr x)))))
(import (scheme base) (scheme cxr))
(caddr '(1 2 3))
