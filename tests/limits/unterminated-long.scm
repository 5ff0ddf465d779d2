; A million of what is never closed.
; args: --max-heap 64m
; time: 20
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
(define (read-all string)
  (guard (e ((error-object? e) 'error))
    (read (open-input-string string))
    'data))
(define (repeat n s)
  (let ((port (open-output-string)))
    (do ((i 0 (+ i 1)))
        ((= i n) (get-output-string port))
      (write-string s port))))
(for-each
 (lambda (s) (write (read-all (repeat 300000 s))) (newline))
 '("(" "#(" "'" "`(" "#|" "#;" "((1 . " ",@"))
(write (read-all (string-append "\"" (make-string 1000000 #\a))))
(newline)
(write (read-all (string-append "|" (make-string 1000000 #\a))))
(newline)
