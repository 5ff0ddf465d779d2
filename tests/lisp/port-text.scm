;; Text of all widths through files and memory, read and written in every way: each way gives the
;; same characters, across the ends of buffers, and keeps count of lines. It takes some ten million
;; safepoints: collecting at each would take a quarter of an hour.
;; stress: 5003
(import (scheme base) (scheme char) (scheme file) (scheme read) (scheme write) (limpet misc))

(define name "port-text.tmp")
(define pieces
  '#("plain ASCII, longer than a few machine words at once, so that runs are found" "\n"
     "é" "αβγ" "\r\n" "漢字" "\x1F600;" "" "\t" "\r" "x" "\x7f;" "ß" "\x7ff;\x800;\xffff;\x10ffff;"))

;; About a thousand times all the pieces, in changing order: far beyond one buffer.
(define text
  (let ((port (open-output-string)))
    (do ((i 0 (+ i 1)) (at 7 (modulo (+ (* at 13) 5) 1009)))
        ((= i 12000) (get-output-string port))
      (write-string (vector-ref pieces (modulo at (vector-length pieces))) port))))

(define (copy-by read-part port)
  (let ((to (open-output-string)))
    (let loop ()
      (let ((part (read-part port)))
        (cond ((eof-object? part) (get-output-string to))
              ((char? part) (write-char part to) (loop))
              (else (write-string part to) (loop)))))))

(define (peek-and-read port)
  (let* ((seen (peek-char port)) (c (read-char port)))
    (if (eqv? seen c) c (error "peek-char and read-char differ" seen c))))

(define (of-length k) (lambda (port) (read-string k port)))

(define (lines-of string)
  (let loop ((chars (string->list string)) (line '()) (lines '()))
    (define (done) (cons (list->string (reverse line)) lines))
    (cond ((null? chars) (reverse (if (null? line) lines (done))))
          ((char=? (car chars) #\newline) (loop (cdr chars) '() (done)))
          ((char=? (car chars) #\return)
           (loop (if (and (pair? (cdr chars)) (char=? (cadr chars) #\newline))
                     (cddr chars)
                     (cdr chars))
                 '()
                 (done)))
          (else (loop (cdr chars) (cons (car chars) line) lines)))))

(define (all-lines port)
  (let loop ((lines '()))
    (let ((line (read-line port)))
      (if (eof-object? line) (reverse lines) (loop (cons line lines))))))

(define (same? read-part)
  (and (equal? (call-with-input-file name (lambda (port) (copy-by read-part port))) text)
       (equal? (copy-by read-part (open-input-string text)) text)))

(define (check-all)
  (list (same? read-char) (same? peek-and-read) (same? (of-length 1)) (same? (of-length 7))
        (same? (of-length 4096)) (same? (of-length 1000000))
        (equal? (call-with-input-file name all-lines) (lines-of text))
        (equal? (all-lines (open-input-string text)) (lines-of text))))

(call-with-output-file name (lambda (port) (write-string text port)))
(write (check-all))                     ; => (#t #t #t #t #t #t #t #t)
(call-with-output-file name (lambda (port) (string-for-each (lambda (c) (write-char c port)) text)))
(write (check-all))                     ; => (#t #t #t #t #t #t #t #t)
(call-with-output-file name
  (lambda (port)
    (let ((length (string-length text)))
      (do ((i 0 (+ i 11)))
          ((>= i length))
        (write-string text port i (min length (+ i 11)))))))
(write (check-all))                     ; => (#t #t #t #t #t #t #t #t)

;; The bytes are those of string->utf8, by whatever way they are read.
(define (all-bytes port)
  (let ((to (open-output-bytevector)))
    (let loop ()
      (let ((byte (read-u8 port)))
        (if (eof-object? byte)
            (get-output-bytevector to)
            (begin (write-u8 byte to) (loop)))))))
(write (equal? (call-with-port (open-binary-input-file name) all-bytes) (string->utf8 text))) ; => #t
(delete-file name)

;; What was read as text counts for the position of a datum behind it.
(define (position-after skip)
  (let ((port (open-input-string "ab\r\ncdλ\n\nλλ (")))
    (skip port)
    (guard (e ((read-error? e) (error-object-message e)))
      (read port))))
(write (position-after (of-length 11))) ; => "read: 4:5: unexpected end of input: the parenthesis opened at 4:4 was never closed"
(write (position-after (lambda (port) (do ((i 0 (+ i 1))) ((= i 11)) (read-char port))))) ; => "read: 4:5: unexpected end of input: the parenthesis opened at 4:4 was never closed"
(write (position-after (lambda (port) (read-line port) (read-string 2 port) (read-line port) (read-line port) (read-string 3 port) (peek-char port)))) ; => "read: 4:5: unexpected end of input: the parenthesis opened at 4:4 was never closed"

;; Invalid UTF-8 reads as U+FFFD in each way.
(define broken (bytevector 65 255 66 206 67 206))
(define (broken-port)
  (call-with-port (open-binary-output-file name) (lambda (port) (write-bytevector broken port)))
  (open-input-file name))
(write (string->list (copy-by read-char (broken-port)))) ; => (#\A #\� #\B #\� #\C #\�)
(write (equal? (copy-by read-char (broken-port)) (copy-by (of-length 3) (broken-port)))) ; => #t
(write (equal? (copy-by read-char (broken-port)) (read-line (broken-port)))) ; => #t
(delete-file name)
