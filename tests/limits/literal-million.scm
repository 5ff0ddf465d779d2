; A list literal of a million elements.
; args: --max-heap 64m
; time: 10
; output: 1000000
; output: 1000000
(define env (interaction-environment))
(define data (vector->list (make-vector 1000000 7)))
(display (length (eval (list 'quote data) env)))
(newline)
(display (vector-length (eval (list 'quote (list->vector data)) env)))
(newline)
