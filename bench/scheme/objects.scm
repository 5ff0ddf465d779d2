;;; objects.scm - closures: objects that are closures over assigned variables, with messages.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (make-account balance)
  (let ((entries 0))
    (lambda (message amount)
      (set! entries (+ entries 1))
      (case message
        ((deposit) (set! balance (+ balance amount)) balance)
        ((withdraw)
         (when (>= balance amount)
           (set! balance (- balance amount)))
         balance)
        ((entries) entries)
        (else 'unknown)))))

(define (make-accounts n)
  (let ((accounts (make-vector n #f)))
    (do ((i 0 (+ i 1)))
        ((= i n) accounts)
      (vector-set! accounts i (make-account i)))))

(define (work)
  (let ((accounts (make-accounts 100)))
    (do ((i 0 (+ i 1)))
        ((= i 20000))
      ((vector-ref accounts (modulo (* i 7) 100)) 'deposit 3)
      ((vector-ref accounts (modulo (* i 11) 100)) 'withdraw 2))
    (let loop ((i 0) (total 0))
      (if (= i 100)
          total
          (let* ((account (vector-ref accounts i)) (balance (account 'withdraw 0)))
            (loop (+ i 1) (+ total balance (account 'entries 0))))))))

(repeat 400 work 65150)
