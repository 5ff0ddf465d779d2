; A million quotations in front of one datum are read, and printed again.
; args: --max-heap 64m
; time: 20
; output: (400001 400001 400001)
(define (repeat text n)
  (let ((port (open-output-string)))
    (do ((i 0 (+ i 1))) ((= i n) (get-output-string port)) (write-string text port))))
(define (size mark)
  (let ((port (open-output-string)))
    (write (read (open-input-string (string-append (repeat mark 400000) "x"))) port)
    (string-length (get-output-string port))))
(write (map size '("'" "`" ",")))
(newline)
