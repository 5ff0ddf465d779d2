;;; lexer.scm - strings: a tokeniser: names, numbers, strings, operators.
(import (scheme base) (scheme write) (scheme process-context) (scheme char))
(include "support/main.scm")

(define text
  (string-append
   "while (count1 < 1000 && name != \"the end\") { total = total + 3.25 * (count1 - 7); "
   "count1 += 1; print(\"item\", total); } "))

(define (name-char? c) (or (char-alphabetic? c) (char-numeric? c) (char=? c #\_)))
(define (number-char? c) (or (char-numeric? c) (char=? c #\.)))
(define (operator-char? c) (memv c '(#\< #\> #\= #\! #\+ #\- #\* #\/ #\& #\|)))

(define (span good? text start)
  (let ((end (string-length text)))
    (let loop ((i start))
      (if (and (< i end) (good? (string-ref text i)))
          (loop (+ i 1))
          i))))

(define (tokens text)
  (let ((end (string-length text)))
    (let loop ((i 0) (found '()))
      (define (token kind stop)
        (loop stop (cons (cons kind (substring text i stop)) found)))
      (if (= i end)
          (reverse found)
          (let ((c (string-ref text i)))
            (cond ((char-whitespace? c) (loop (+ i 1) found))
                  ((char-alphabetic? c) (token 'name (span name-char? text i)))
                  ((char-numeric? c)
                   (let ((stop (span number-char? text i)))
                     (loop stop
                           (cons (cons 'number (string->number (substring text i stop))) found))))
                  ((char=? c #\")
                   (token 'string
                          (+ 1 (span (lambda (c) (not (char=? c #\"))) text (+ i 1)))))
                  ((operator-char? c) (token 'operator (span operator-char? text i)))
                  (else (token 'mark (+ i 1)))))))))

(define (work)
  (let loop ((i 0) (count 0) (names 0) (sum 0))
    (if (= i 100)
        (list count names sum)
        (let ((all (tokens text)))
          (loop (+ i 1)
                (+ count (length all))
                (+ names
                   (let names ((rest all) (n 0))
                     (cond ((null? rest) n)
                           ((eq? (caar rest) 'name) (names (cdr rest) (+ n 1)))
                           (else (names (cdr rest) n)))))
                (+ sum (string->symbol-length all)))))))

(define (string->symbol-length all)
  (let loop ((rest all) (n 0))
    (if (null? rest)
        n
        (loop (cdr rest)
              (if (eq? (caar rest) 'name)
                  (+ n (string-length (symbol->string (string->symbol (cdar rest)))))
                  n)))))

(repeat 300 work '(3500 900 4700))
