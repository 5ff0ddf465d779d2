;;; exceptions.scm - control: conditions raised, handled, passed on and continued.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (risky n)
  (cond ((= 0 (modulo n 7)) (raise 'seven))
        ((= 0 (modulo n 5)) (raise (list 'five n)))
        ((= 0 (modulo n 3)) (error "three" n))
        (else n)))

(define (careful n)
  (guard (e ((symbol? e) 1)
            ((pair? e) (cadr e)))
    (+ 1 (risky n))))

(define (more-careful n)
  (guard (e ((error-object? e)
             (if (string=? (error-object-message e) "three")
                 (car (error-object-irritants e))
                 -1000)))
    (careful n)))

(define (continued n)
  (with-exception-handler
   (lambda (e) (* 2 e))
   (lambda () (+ 1 (raise-continuable n)))))

(define (work)
  (let loop ((i 1) (sum 0))
    (if (> i 420)
        sum
        (loop (+ i 1) (+ sum (more-careful i) (continued i))))))

(repeat 700 work 253092)
