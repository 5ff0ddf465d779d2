;;; io-lines.scm - io: a file written and read back line by line.
(import (scheme base) (scheme write) (scheme process-context) (scheme file))
(include "support/main.scm")

(define name "bench-io-lines.tmp")
(define line "The quick brown fox jumps over the lazy dog, and then it rests.")
(define count 5000)

(define (write-lines port)
  (do ((i 0 (+ i 1)))
      ((= i count))
    (write-string line port)
    (newline port)))

(define (read-lines port)
  (let loop ((lines 0) (chars 0))
    (let ((next (read-line port)))
      (if (eof-object? next)
          (cons lines chars)
          (loop (+ lines 1) (+ chars (string-length next)))))))

(define (work)
  (when (file-exists? name) (delete-file name))
  (call-with-output-file name write-lines)
  (let ((found (call-with-input-file name read-lines)))
    (delete-file name)
    found))

(repeat 100 work '(5000 . 315000))
