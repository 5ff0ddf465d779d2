; An error in a handler goes to the handler outside, and then out.
; args: --max-heap 64m
; time: 10
; exit: 70
; error: car: expected a pair
(define (handler e) (car 1))
(with-exception-handler
 handler
 (lambda ()
   (with-exception-handler
    handler
    (lambda () (error "first")))))
