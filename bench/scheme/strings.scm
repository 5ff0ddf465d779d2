;;; strings.scm - strings: build, reverse, search, compare.
(import (scheme base) (scheme write) (scheme char) (scheme process-context))
(include "support/main.scm")

(define (letters n)
  (let ((string (make-string n #\a)))
    (do ((i 0 (+ i 1)))
        ((= i n) string)
      (string-set! string i (integer->char (+ 97 (modulo (* i i) 26)))))))

(define (reversed string)
  (list->string (reverse (string->list string))))

(define (count-char char string)
  (let ((n (string-length string)))
    (let loop ((i 0) (found 0))
      (if (= i n)
          found
          (loop (+ i 1)
                (if (char=? (string-ref string i) char) (+ found 1) found))))))

(define (words n)
  (let loop ((i 0) (text ""))
    (if (= i n)
        text
        (loop (+ i 1) (string-append text (number->string i) " ")))))

(define (work)
  (let* ((string (letters 2000))
         (upper (string-upcase (reversed string)))
         (text (words 200)))
    (+ (count-char #\a string)
       (count-char #\A upper)
       (count-char #\space text)
       (if (string<? string (substring upper 0 10)) 1 0))))

(repeat 2000 work 354)
