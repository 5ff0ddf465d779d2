;;; read-write.scm - io: data written to a string and read back.
(import (scheme base) (scheme write) (scheme process-context) (scheme read))
(include "support/main.scm")

(define datum
  '(define (squares n)
     "a string with \"quotes\" and a newline\n"
     (let loop ((i 0) (list '()) (half 0.5) (big 123456789012345678901234567890))
       (cond ((>= i n) (reverse list))
             (else (loop (+ i 1) (cons (* i i) list) #\x #(1 2 (3 . 4) ()))))
       |odd symbol| -17 2/3 1e10 #t #f)))

(define (work)
  (let loop ((i 0) (sum 0))
    (if (= i 50)
        sum
        (let ((port (open-output-string)))
          (write datum port)
          (newline port)
          (display datum port)
          (let* ((text (get-output-string port)) (again (read (open-input-string text))))
            (loop (+ i 1) (if (equal? again datum) (+ sum 1) -100000)))))))

(repeat 200 work 50)
