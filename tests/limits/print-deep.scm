; Printing data nested a million deep.
; args: --max-heap 64m
; time: 10
; output: 2000003
(define (nest n seed)
  (let loop ((n n) (x seed))
    (if (= n 0) x (loop (- n 1) (list x)))))
(define port (open-output-string))
(write (nest 1000000 'end) port)
(display (string-length (get-output-string port)))
(newline)
