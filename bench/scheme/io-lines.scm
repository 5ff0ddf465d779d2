;;; io-lines.scm - a file of 32 MB written and read back line by line.
(import (scheme base) (scheme file) (scheme write))

(define name "io-lines.tmp")
(define line "The quick brown fox jumps over the lazy dog, and then it rests.")
(define count 500000)

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

(if (file-exists? name) (delete-file name))
(call-with-output-file name write-lines)
(write (call-with-input-file name read-lines)) ; => (500000 . 31500000)
(newline)
(delete-file name)
