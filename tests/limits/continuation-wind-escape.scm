; after thunks that escape or fail themselves.
; args: --max-heap 64m
; time: 10
; output: second
; output: "in after"
(define result
  (call/cc
   (lambda (out)
     (dynamic-wind
       (lambda () #f)
       (lambda () (call/cc (lambda (inner) (out 'first))))
       (lambda () (out 'second))))))
(write result)
(newline)
(guard (e (#t (write (error-object-message e)) (newline)))
  (dynamic-wind
    (lambda () #f)
    (lambda () (raise 'lost))
    (lambda () (error "in after"))))
