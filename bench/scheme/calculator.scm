;;; calculator.scm - strings: a parser of arithmetic by recursive descent, on a string port.
(import (scheme base) (scheme write) (scheme process-context) (scheme char))
(include "support/main.scm")

(define (skip-space port)
  (let ((c (peek-char port)))
    (when (and (not (eof-object? c)) (char-whitespace? c))
      (read-char port)
      (skip-space port))))

(define (next port)
  (skip-space port)
  (peek-char port))

(define (number port)
  (let loop ((n 0))
    (let ((c (peek-char port)))
      (if (and (char? c) (char-numeric? c))
          (begin
            (read-char port)
            (loop (+ (* 10 n) (- (char->integer c) 48))))
          n))))

(define (factor port)
  (let ((c (next port)))
    (cond ((char-numeric? c) (number port))
          ((char=? c #\()
           (read-char port)
           (let ((value (expression port)))
             (next port)
             (read-char port)
             value))
          ((char=? c #\-)
           (read-char port)
           (- (factor port)))
          (else (error "not a factor" c)))))

(define (term port)
  (let loop ((value (factor port)))
    (let ((c (next port)))
      (cond ((eqv? c #\*) (read-char port) (loop (* value (factor port))))
            ((eqv? c #\/) (read-char port) (loop (quotient value (factor port))))
            (else value)))))

(define (expression port)
  (let loop ((value (term port)))
    (let ((c (next port)))
      (cond ((eqv? c #\+) (read-char port) (loop (+ value (term port))))
            ((eqv? c #\-) (read-char port) (loop (- value (term port))))
            (else value)))))

(define text "12 + 3 * (45 - 7) / 2 - -(8 * 9 + 1) * (((2 + 3))) + 1000 / (3 + 4 * 5)")

(define (work)
  (let loop ((i 0) (sum 0))
    (if (= i 100)
        sum
        (loop (+ i 1) (+ sum (expression (open-input-string text)))))))

(repeat 600 work 47700)
