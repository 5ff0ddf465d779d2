; exit inside dynamic-wind and handlers gives its status.
; args: --max-heap 64m
; time: 10
; exit: 7
; output: after
(dynamic-wind
  (lambda () #f)
  (lambda ()
    (with-exception-handler
      (lambda (e) (exit 7))
      (lambda () (raise 'x))))
  (lambda () (display "after") (newline)))
