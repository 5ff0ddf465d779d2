; NUL bytes in strings, symbols, ports and file names.
; args: --max-heap 64m
; time: 10
; output: 3
; output: "a\x0;b"
; output: |a\x0;b|
; output: "a\x0;b"
; output: error
; output: #f
(define s (string #\a #\null #\b))
(write (string-length s))
(newline)
(write s)
(newline)
(write (string->symbol s))
(newline)
(write (read-line (open-input-string s)))
(newline)
(guard (e ((error-object? e) (display "error") (newline)))
  (open-input-file s))
(write (string->number (string #\1 #\null)))
(newline)
