;;; io-bytes.scm - a file of 10 MB written and read back byte by byte.
(import (scheme base) (scheme file) (scheme write))

(define name "io-bytes.tmp")
(define count 10000000)

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

(if (file-exists? name) (delete-file name))
(call-with-port (open-binary-output-file name) write-bytes)
(write (call-with-port (open-binary-input-file name) read-bytes)) ; => (10000000 . 1249992720)
(newline)
(delete-file name)
