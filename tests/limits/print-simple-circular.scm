; write-simple of circular data ends when memory does.
; args: --max-heap 64m
; time: 20
; output: caught
; output: on
(define x (list 1 2 3))
(set-cdr! (cddr x) x)
(define port (open-output-string))
(guard (e (#t (display "caught") (newline)))
  (write-simple x port))
(display "on")
(newline)
