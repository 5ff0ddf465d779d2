;;; json.scm - reads JSON and prints it again, indented and with sorted members.
;;;
;;;     limpet json.scm [FILE]
;;;
;;; An object is read as a list that begins with the symbol `object`, followed by pairs of a
;;; string and a value; an array as a vector; null as the symbol `null`.
(import (scheme base) (scheme char) (scheme file) (scheme write) (scheme process-context)
        (limpet sort))

;;; Reading

(define (fail port what)
  (let ((c (peek-char port)))
    (error (string-append "json: expected " what ", found")
           (if (eof-object? c) 'end-of-input c))))

(define (skip-space port)
  (let ((c (peek-char port)))
    (when (and (char? c) (memv c '(#\space #\tab #\newline #\return)))
      (read-char port)
      (skip-space port))))

(define (expect port char)
  (skip-space port)
  (if (eqv? (peek-char port) char)
      (read-char port)
      (fail port (string #\' char #\'))))

(define (read-word port word value)
  (string-for-each (lambda (c) (if (eqv? (peek-char port) c) (read-char port) (fail port word)))
                   word)
  value)

(define (number-char? c)
  (or (char-numeric? c) (memv c '(#\+ #\- #\. #\e #\E))))

(define (read-number port)
  (let loop ((chars '()))
    (let ((c (peek-char port)))
      (if (and (char? c) (number-char? c))
          (loop (cons (read-char port) chars))
          (or (string->number (list->string (reverse chars)))
              (fail port "a number"))))))

(define (read-hex port)
  (string->number (read-string 4 port) 16))

;; The characters beyond the first plane come as two escapes, a surrogate pair.
(define (read-unicode port)
  (let ((high (read-hex port)))
    (if (<= #xD800 high #xDBFF)
        (begin
          (expect port #\\)
          (expect port #\u)
          (integer->char (+ #x10000
                            (* #x400 (- high #xD800))
                            (- (read-hex port) #xDC00))))
        (integer->char high))))

(define escapes
  '((#\" . #\") (#\\ . #\\) (#\/ . #\/) (#\b . #\backspace) (#\f . #\x0c)
    (#\n . #\newline) (#\r . #\return) (#\t . #\tab)))

(define (read-json-string port)
  (expect port #\")
  (let loop ((chars '()))
    (let ((c (read-char port)))
      (cond ((eof-object? c) (fail port "the end of a string"))
            ((char=? c #\") (list->string (reverse chars)))
            ((char=? c #\\)
             (let* ((escape (read-char port))
                    (known (assv escape escapes)))
               (loop (cons (if known (cdr known) (read-unicode port)) chars))))
            (else (loop (cons c chars)))))))

;; What stands between commas up to `close`, each read by read-item.
(define (read-items port close read-item)
  (skip-space port)
  (if (eqv? (peek-char port) close)
      (begin (read-char port) '())
      (let loop ((items (list (read-item port))))
        (skip-space port)
        (cond ((eqv? (peek-char port) #\,)
               (read-char port)
               (loop (cons (read-item port) items)))
              (else
               (expect port close)
               (reverse items))))))

(define (read-member port)
  (skip-space port)
  (let ((name (read-json-string port)))
    (expect port #\:)
    (cons name (read-json port))))

(define (read-json port)
  (skip-space port)
  (let ((c (peek-char port)))
    (cond ((eof-object? c) (fail port "a value"))
          ((char=? c #\{) (read-char port) (cons 'object (read-items port #\} read-member)))
          ((char=? c #\[) (read-char port) (list->vector (read-items port #\] read-json)))
          ((char=? c #\") (read-json-string port))
          ((char=? c #\t) (read-word port "true" #t))
          ((char=? c #\f) (read-word port "false" #f))
          ((char=? c #\n) (read-word port "null" 'null))
          (else (read-number port)))))

;;; Printing

(define (spaces n)
  (make-string n #\space))

(define (print-json-string string)
  (write-char #\")
  (string-for-each
   (lambda (c)
     (case c
       ((#\") (display "\\\""))
       ((#\\) (display "\\\\"))
       ((#\newline) (display "\\n"))
       ((#\tab) (display "\\t"))
       (else (write-char c))))
   string)
  (write-char #\"))

(define (print-between open close items print-item indent)
  (display open)
  (let loop ((items items) (first #t))
    (unless (null? items)
      (display (if first "\n" ",\n"))
      (display (spaces (+ indent 2)))
      (print-item (car items) (+ indent 2))
      (loop (cdr items) #f)))
  (newline)
  (display (spaces indent))
  (display close))

(define (print-member member indent)
  (print-json-string (car member))
  (display ": ")
  (print-json (cdr member) indent))

(define (print-json value indent)
  (cond ((eq? value #t) (display "true"))
        ((eq? value #f) (display "false"))
        ((eq? value 'null) (display "null"))
        ((number? value) (display value))
        ((string? value) (print-json-string value))
        ((equal? value '(object)) (display "{}"))
        ((equal? value #()) (display "[]"))
        ((vector? value)
         (print-between "[" "]" (vector->list value) print-json indent))
        (else
         (print-between "{" "}"
                        (list-sort (lambda (a b) (string<? (car a) (car b))) (cdr value))
                        print-member indent))))

(define value
  (if (pair? (cdr (command-line)))
      (call-with-input-file (cadr (command-line)) read-json)
      (read-json (current-input-port))))

(print-json value 0)
(newline)
