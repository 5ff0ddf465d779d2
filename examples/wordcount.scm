;;; wordcount.scm - how often each word occurs in a text file, the most frequent first.
;;;
;;;     limpet wordcount.scm FILE [HOW-MANY]
(import (scheme base) (scheme char) (scheme file) (scheme write) (scheme process-context)
        (limpet sort))

(define (word-char? c)
  (or (char-alphabetic? c) (char=? c #\')))

;; Calls (found word) for every word that the port gives, in lower case.
(define (for-each-word found port)
  (let loop ((letters '()))
    (let ((c (read-char port)))
      (cond ((and (char? c) (word-char? c))
             (loop (cons (char-downcase c) letters)))
            ((pair? letters)
             (found (list->string (reverse letters)))
             (if (char? c) (loop '())))
            ((char? c) (loop '()))))))

;; A tree of (word count left right): small, and enough for a book.
(define (make-node word) (vector word 1 #f #f))
(define (node-word node) (vector-ref node 0))
(define (node-count node) (vector-ref node 1))

(define (tree-add tree word)
  (if (not tree)
      (make-node word)
      (begin
        (cond ((string=? word (node-word tree))
               (vector-set! tree 1 (+ (node-count tree) 1)))
              ((string<? word (node-word tree))
               (vector-set! tree 2 (tree-add (vector-ref tree 2) word)))
              (else
               (vector-set! tree 3 (tree-add (vector-ref tree 3) word))))
        tree)))

(define (tree->list tree)
  (let walk ((tree tree) (rest '()))
    (if (not tree)
        rest
        (walk (vector-ref tree 2)
              (cons (cons (node-word tree) (node-count tree))
                    (walk (vector-ref tree 3) rest))))))

(define (count-words file)
  (let ((tree #f))
    (call-with-input-file file
      (lambda (port)
        (for-each-word (lambda (word) (set! tree (tree-add tree word))) port)))
    (tree->list tree)))

(define (more-frequent? a b)
  (> (cdr a) (cdr b)))

(define (print-first n entries)
  (when (and (> n 0) (pair? entries))
    (display (cdar entries))
    (display #\tab)
    (display (caar entries))
    (newline)
    (print-first (- n 1) (cdr entries))))

(define arguments (cdr (command-line)))

(if (null? arguments)
    (begin
      (display "usage: wordcount.scm FILE [HOW-MANY]\n" (current-error-port))
      (exit 64))
    (print-first (if (pair? (cdr arguments)) (string->number (cadr arguments)) 10)
                 (list-sort more-frequent? (count-words (car arguments)))))
