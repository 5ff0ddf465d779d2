;;; read.scm - from the text of a program to data.
;;;
;;;     expression = symbol | "text" | 'expression | () | (expression ... [. expression])
;;;
;;; Symbols end at a parenthesis, a quotation mark or white space; quotes and dots may stand in
;;; them, but not first. There are no numbers, no comments and no escapes in texts. A tab is an
;;; error. nil reads as the empty list.
;;;
;;; The parser keeps the lists that are open on a stack of its own, as the depth of nesting is
;;; the program's to choose.

(define (read-error index string message)
  (let loop ((i 0) (line 1) (column 0))
    (cond ((= i index)
           (error (string-append "evalrs: line " (number->string line) ", column "
                                 (number->string column) ": " message)))
          ((char=? (string-ref string i) #\newline) (loop (+ i 1) (+ line 1) 0))
          (else (loop (+ i 1) line (+ column 1))))))

(define (delimiter? c)
  (memv c '(#\( #\) #\" #\space #\tab #\newline #\return)))

;; The index behind the symbol that begins at start.
(define (symbol-end string start)
  (let ((length (string-length string)))
    (let loop ((i start))
      (if (and (< i length) (not (delimiter? (string-ref string i))))
          (loop (+ i 1))
          i))))

;; The index of the quotation mark that ends the text whose first character is at start.
(define (text-end string start)
  (let ((length (string-length string)))
    (let loop ((i start))
      (cond ((= i length) (read-error (- start 1) string "unterminated text"))
            ((char=? (string-ref string i) #\") i)
            (else (loop (+ i 1)))))))

;; A token is #(kind value start), its kind one of open, close, dot, quote and datum.
(define (token-kind token) (vector-ref token 0))
(define (token-value token) (vector-ref token 1))
(define (token-start token) (vector-ref token 2))

(define (symbol-or-nil name)
  (if (string=? name "nil")
      '()
      (string->symbol name)))

;; The tokens of string in order.
(define (tokenize string)
  (let ((length (string-length string)))
    (let loop ((i 0) (tokens '()))
      (define (next kind value end)
        (loop end (cons (vector kind value i) tokens)))
      (if (= i length)
          (reverse tokens)
          (case (string-ref string i)
            ((#\() (next 'open #f (+ i 1)))
            ((#\)) (next 'close #f (+ i 1)))
            ((#\.) (next 'dot #f (+ i 1)))
            ((#\') (next 'quote #f (+ i 1)))
            ((#\space #\newline #\return) (loop (+ i 1) tokens))
            ((#\tab) (read-error i string "a tab is not white space here"))
            ((#\")
             (let ((end (text-end string (+ i 1))))
               (next 'datum (substring string (+ i 1) end) (+ end 1))))
            (else
             (let ((end (symbol-end string i)))
               (next 'datum (symbol-or-nil (substring string i end)) end))))))))

;; A level of nesting: #(kind items tail start). Its kind is program, list, dotted (a dot was
;; read), ended (its tail was read) or quote (it is complete after one item). Items are
;; reversed.
(define (make-level kind start) (vector kind '() '() start))
(define (level-kind level) (vector-ref level 0))
(define (level-items level) (vector-ref level 1))
(define (level-tail level) (vector-ref level 2))
(define (level-start level) (vector-ref level 3))

(define (level-list level)
  (let loop ((items (level-items level)) (list (level-tail level)))
    (if (pair? items)
        (loop (cdr items) (cons (car items) list))
        list)))

;; The level with one more item.
(define (level-add level item string start)
  (case (level-kind level)
    ((dotted) (vector 'ended (level-items level) item (level-start level)))
    ((ended) (read-error start string "expected a closing parenthesis after the tail"))
    (else
     (vector (level-kind level) (cons item (level-items level)) '() (level-start level)))))

;; The stack of levels with item put where it belongs; quotes that it completes are closed.
(define (add-item levels item string start)
  (let ((level (car levels)))
    (if (eq? (level-kind level) 'quote)
        (add-item (cdr levels) (list 'quote item) string (level-start level))
        (cons (level-add level item string start) (cdr levels)))))

(define (open-dot levels string start)
  (let ((level (car levels)))
    (if (and (eq? (level-kind level) 'list) (pair? (level-items level)))
        (cons (vector 'dotted (level-items level) '() (level-start level)) (cdr levels))
        (read-error start string "a dot without something before it in a list"))))

(define (close-list levels string start)
  (let ((level (car levels)))
    (case (level-kind level)
      ((list ended) (add-item (cdr levels) (level-list level) string (level-start level)))
      ((program) (read-error start string "a closing parenthesis without an opening one"))
      (else (read-error start string "expected an expression")))))

;;> (evalrs-read-string string) -> list
;;> The expressions in string, in order.
(define (evalrs-read-string string)
  (check-string 'evalrs-read-string 0 string)
  (let loop ((tokens (tokenize string)) (levels (list (make-level 'program 0))))
    (cond ((pair? tokens)
           (let* ((token (car tokens)) (start (token-start token)))
             (loop (cdr tokens)
                   (case (token-kind token)
                     ((open) (cons (make-level 'list start) levels))
                     ((quote) (cons (make-level 'quote start) levels))
                     ((dot) (open-dot levels string start))
                     ((close) (close-list levels string start))
                     (else (add-item levels (token-value token) string start))))))
          ((null? (cdr levels)) (level-list (car levels)))
          (else
           (read-error (level-start (car levels)) string
                       "this expression is not complete")))))
