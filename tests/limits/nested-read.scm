; A million nested parentheses read from a string port.
; args: --max-heap 64m
; time: 10
; output: 999999
(define n 1000000)
(define text (string-append (make-string n #\() (make-string n #\))))
(define data (read (open-input-string text)))
(define (depth x)
  (let loop ((x x) (n 0))
    (if (null? x) n (loop (car x) (+ n 1)))))
(display (depth data))
(newline)
