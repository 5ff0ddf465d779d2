; A handler that raises again and again inside itself.
; args: --max-heap 64m
; time: 10
; exit: 70
; error: out of memory
(define (handler e)
  (with-exception-handler handler (lambda () (raise 'again))))
(with-exception-handler handler (lambda () (raise 'first)))
