; A string that doubles until memory ends, twice.
; args: --max-heap 64m
; time: 10
; output: caught
; output: caught
; output: 1000000
(define (try)
  (guard (e ((error-object? e) (display "caught") (newline)))
    (let loop ((s "ab"))
      (loop (string-append s s)))))
(try)
(try)
(display (string-length (make-string 1000000 #\a)))
(newline)
