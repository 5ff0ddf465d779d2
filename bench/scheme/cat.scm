;;; cat.scm - io: a file written, copied by character and by line, and compared.
(import (scheme base) (scheme write) (scheme process-context) (scheme file))
(include "support/main.scm")

(define (name part)
  (string-append "bench-cat-" part ".tmp"))

(define (make-file lines)
  (call-with-output-file (name "a")
    (lambda (port)
      (do ((i 0 (+ i 1)))
          ((= i lines))
        (write i port)
        (write-string " the quick brown fox jumps over the lazy dog" port)
        (newline port)))))

(define (copy-chars in out)
  (let ((c (read-char in)))
    (unless (eof-object? c)
      (write-char c out)
      (copy-chars in out))))

(define (copy-lines in out)
  (let ((line (read-line in)))
    (unless (eof-object? line)
      (write-string line out)
      (newline out)
      (copy-lines in out))))

(define (copy from to by)
  (call-with-input-file from
    (lambda (in)
      (call-with-output-file to
        (lambda (out) (by in out))))))

(define (same? a b)
  (call-with-input-file a
    (lambda (a)
      (call-with-input-file b
        (lambda (b)
          (let loop ((count 0))
            (let ((x (read-char a)) (y (read-char b)))
              (cond ((not (eqv? x y)) #f)
                    ((eof-object? x) count)
                    (else (loop (+ count 1)))))))))))

(define (remove part)
  (when (file-exists? (name part))
    (delete-file (name part))))

(define (remove-all) (for-each remove '("a" "b" "c")))

(define (work)
  (remove-all)
  (make-file 1000)
  (copy (name "a") (name "b") copy-chars)
  (copy (name "b") (name "c") copy-lines)
  (let ((count (same? (name "a") (name "c"))))
    (remove-all)
    count))

(repeat 100 work 47890)
