; An output string port that is written to without end.
; args: --max-heap 64m
; time: 10
; output: caught
; output: on
(define port (open-output-string))
(guard (e ((error-object? e) (display "caught") (newline)))
  (let loop ()
    (write-string "some text, over and over; " port)
    (loop)))
(set! port #f)
(display "on")
(newline)
