;;; wordcount.scm - io: the words of a text read by character, counted in an association list.
(import (scheme base) (scheme write) (scheme process-context) (scheme char))
(include "support/main.scm")

(define text
  (string-append
   "The limpet clings to the rock, and the rock to the shore; the sea comes in and the sea goes out.\n"
   "What does the limpet do all day? It grazes, slowly, on what grows there, and comes home again.\n"
   "Home is a scar on the rock that fits the shell, and the shell fits the scar.\n"))

(define (read-word port)
  (let skip ()
    (let ((c (read-char port)))
      (cond ((eof-object? c) c)
            ((char-alphabetic? c)
             (let loop ((chars (list (char-downcase c))))
               (let ((c (peek-char port)))
                 (if (and (not (eof-object? c)) (char-alphabetic? c))
                     (loop (cons (char-downcase (read-char port)) chars))
                     (list->string (reverse chars))))))
            (else (skip))))))

(define (count-words text)
  (let ((port (open-input-string text)))
    (let loop ((counts '()) (words 0))
      (let ((word (read-word port)))
        (if (eof-object? word)
            (values counts words)
            (let ((entry (assoc word counts)))
              (if entry
                  (begin
                    (set-cdr! entry (+ (cdr entry) 1))
                    (loop counts (+ words 1)))
                  (loop (cons (cons word 1) counts) (+ words 1)))))))))

(define (work)
  (let loop ((i 0) (sum 0))
    (if (= i 20)
        sum
        (let-values (((counts words) (count-words text)))
          (loop (+ i 1) (+ sum words (cdr (assoc "the" counts)) (length counts)))))))

(repeat 400 work 1960)
