;;; tak.scm - calls: Takeuchi's function, three arguments.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (tak x y z)
  (if (not (< y x))
      z
      (tak (tak (- x 1) y z)
           (tak (- y 1) z x)
           (tak (- z 1) x y))))

(repeat 900 (lambda () (tak 18 12 6)) 7)
