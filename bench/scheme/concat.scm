;;; concat.scm - strings: pieces put together by string-append, by a port, by list->string.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (by-append n)
  (let loop ((i 0) (text ""))
    (if (= i n) text (loop (+ i 1) (string-append text "ab" (number->string (modulo i 10)))))))

(define (by-port n)
  (let ((port (open-output-string)))
    (do ((i 0 (+ i 1)))
        ((= i n) (get-output-string port))
      (write-string "ab" port)
      (write-char (integer->char (+ 48 (modulo i 10))) port))))

(define (by-list n)
  (let loop ((i (- n 1)) (chars '()))
    (if (< i 0)
        (list->string chars)
        (loop (- i 1)
              (cons #\a (cons #\b (cons (string-ref (number->string (modulo i 10)) 0) chars)))))))

(define (by-parts n)
  (let loop ((i 0) (parts '()))
    (if (= i n)
        (apply string-append (reverse parts))
        (let ((digit (string (integer->char (+ 48 (modulo i 10))))))
          (loop (+ i 1) (cons (string-append "ab" digit) parts))))))

(define (work)
  (let ((a (by-append 600)) (b (by-port 600)) (c (by-list 600)) (d (by-parts 600)))
    (and (string=? a b) (string=? b c) (equal? c d) (string-length a))))

(repeat 500 work 1800)
