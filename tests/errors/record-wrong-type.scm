; An accessor with something else.
(define-record-type account (make-account owner balance) account?
  (owner account-owner) (balance account-balance set-account-balance!))
(define (deposit! account n)
  (set-account-balance! account (+ n (account-balance account))))
(deposit! 'ann 10)
