; A handler that lacks memory itself.
; args: --max-heap 64m
; time: 10
; exit: 70
; error: out of memory
(define (grow items) (grow (cons items items)))
(with-exception-handler
 (lambda (e) (grow '()))
 (lambda () (grow '())))
