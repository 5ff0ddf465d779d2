;;; ack.scm - calls: Ackermann's function, deeply recursive.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (ack m n)
  (cond ((= m 0) (+ n 1))
        ((= n 0) (ack (- m 1) 1))
        (else (ack (- m 1) (ack m (- n 1))))))

(repeat 80 (lambda () (ack 3 7)) 1021)
