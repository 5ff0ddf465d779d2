;;; io-bytes.scm - io: a file written and read back byte by byte.
(import (scheme base) (scheme write) (scheme process-context) (scheme file))
(include "support/main.scm")

(define name "bench-io-bytes.tmp")
(define count 200000)

(define (write-bytes port)
  (do ((i 0 (+ i 1)))
      ((= i count))
    (write-u8 (remainder i 251) port)))

(define (read-bytes port)
  (let loop ((bytes 0) (sum 0))
    (let ((byte (read-u8 port)))
      (if (eof-object? byte)
          (cons bytes sum)
          (loop (+ bytes 1) (+ sum byte))))))

(define (work)
  (when (file-exists? name) (delete-file name))
  (call-with-port (open-binary-output-file name) write-bytes)
  (let ((found (call-with-port (open-binary-input-file name) read-bytes)))
    (delete-file name)
    found))

(repeat 50 work '(200000 . 24995206))
