;;; io-chars.scm - a file of 10 MB written and read back character by character.
(import (scheme base) (scheme file) (scheme write))

(define name "io-chars.tmp")
(define count 10000000)

(define (write-chars port)
  (do ((i 0 (+ i 1)))
      ((= i count))
    (write-char (if (= (remainder i 64) 63) #\newline #\x) port)))

(define (read-chars port)
  (let loop ((lines 0) (chars 0))
    (let ((c (read-char port)))
      (cond ((eof-object? c) (cons lines chars))
            ((char=? c #\newline) (loop (+ lines 1) (+ chars 1)))
            (else (loop lines (+ chars 1)))))))

(if (file-exists? name) (delete-file name))
(call-with-output-file name write-chars)
(write (call-with-input-file name read-chars)) ; => (156250 . 10000000)
(newline)
(delete-file name)
