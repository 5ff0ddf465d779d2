;;; split.scm - strings: lines split into fields, trimmed, changed and joined.
(import (scheme base) (scheme write) (scheme process-context) (scheme char))
(include "support/main.scm")

(define (split text separator)
  (let ((end (string-length text)))
    (let loop ((i 0) (start 0) (parts '()))
      (cond ((= i end) (reverse (cons (substring text start end) parts)))
            ((char=? (string-ref text i) separator)
             (loop (+ i 1) (+ i 1) (cons (substring text start i) parts)))
            (else (loop (+ i 1) start parts))))))

(define (trim text)
  (let ((end (string-length text)))
    (let left ((start 0))
      (cond ((= start end) "")
            ((char-whitespace? (string-ref text start)) (left (+ start 1)))
            (else
             (let right ((end end))
               (if (char-whitespace? (string-ref text (- end 1)))
                   (right (- end 1))
                   (substring text start end))))))))

(define (join parts separator)
  (if (null? parts)
      ""
      (let loop ((rest (cdr parts)) (pieces (list (car parts))))
        (if (null? rest)
            (apply string-append (reverse pieces))
            (loop (cdr rest) (cons (car rest) (cons separator pieces)))))))

(define line " Alice , 30,  Wonderland,x , 1865 ,  white rabbit , tea party  ,Queen of Hearts")

(define (capital text)
  (if (= 0 (string-length text))
      text
      (string-append (string (char-upcase (string-ref text 0)))
                     (substring text 1 (string-length text)))))

(define (work)
  (let loop ((i 0) (total 0))
    (if (= i 200)
        total
        (let ((fields (map trim (split line #\,))))
          (loop (+ i 1)
                (+ total
                   (string-length (join (map capital fields) "; "))
                   (string->number (cadr fields))))))))

(repeat 400 work 20400)
