; The same with bytes.
; args: --max-heap 64m
; time: 20
; output: caught
; output: on
(guard (e ((error-object? e) (display "caught") (newline)))
  (let ((port (open-output-bytevector)))
    (let loop ()
      (write-u8 7 port)
      (loop))))
(display "on")
(newline)
