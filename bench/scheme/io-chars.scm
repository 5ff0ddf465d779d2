;;; io-chars.scm - io: a file written and read back character by character.
(import (scheme base) (scheme write) (scheme process-context) (scheme file))
(include "support/main.scm")

(define name "bench-io-chars.tmp")
(define count 200000)

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

(define (work)
  (when (file-exists? name) (delete-file name))
  (call-with-output-file name write-chars)
  (let ((found (call-with-input-file name read-chars)))
    (delete-file name)
    found))

(repeat 50 work '(3125 . 200000))
