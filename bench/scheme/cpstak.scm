;;; cpstak.scm - calls: Takeuchi's function in continuation-passing style.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (tak x y z k)
  (if (not (< y x))
      (k z)
      (tak (- x 1) y z
           (lambda (a)
             (tak (- y 1) z x
                  (lambda (b)
                    (tak (- z 1) x y
                         (lambda (c) (tak a b c k)))))))))

(repeat 150 (lambda () (tak 18 12 6 (lambda (a) a))) 7)
