;;; hashtable.scm - tables: a hash table by open addressing, with strings and numbers for keys.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define-record-type table
  (make-table keys values count)
  table?
  (keys table-keys set-table-keys!)
  (values table-values set-table-values!)
  (count table-count set-table-count!))

(define empty (list 'empty))

(define (new-table) (make-table (make-vector 16 empty) (make-vector 16 #f) 0))

(define (hash-of key)
  (if (string? key)
      (let loop ((i 0) (hash 5381))
        (if (= i (string-length key))
            hash
            (loop (+ i 1)
                  (modulo (+ (* hash 33) (char->integer (string-ref key i))) 16777213))))
      (modulo (* key 40503) 16777213)))

;; Where the key is, or where it would go.
(define (slot keys key)
  (let ((size (vector-length keys)))
    (let loop ((i (modulo (hash-of key) size)))
      (let ((there (vector-ref keys i)))
        (if (or (eq? there empty) (equal? there key))
            i
            (loop (let ((next (+ i 1))) (if (= next size) 0 next))))))))

(define (table-get table key default)
  (let ((i (slot (table-keys table) key)))
    (if (eq? (vector-ref (table-keys table) i) empty)
        default
        (vector-ref (table-values table) i))))

(define (table-put! table key value)
  (when (> (* 3 (table-count table)) (* 2 (vector-length (table-keys table))))
    (grow! table))
  (let ((i (slot (table-keys table) key)))
    (when (eq? (vector-ref (table-keys table) i) empty)
      (vector-set! (table-keys table) i key)
      (set-table-count! table (+ (table-count table) 1)))
    (vector-set! (table-values table) i value)))

(define (grow! table)
  (let* ((keys (table-keys table)) (values (table-values table)) (size (vector-length keys)))
    (set-table-keys! table (make-vector (* 2 size) empty))
    (set-table-values! table (make-vector (* 2 size) #f))
    (set-table-count! table 0)
    (do ((i 0 (+ i 1)))
        ((= i size))
      (unless (eq? (vector-ref keys i) empty)
        (table-put! table (vector-ref keys i) (vector-ref values i))))))

(define names
  (let loop ((i 0) (names '()))
    (if (= i 500)
        names
        (loop (+ i 1) (cons (string-append "name" (number->string i)) names)))))

(define (work)
  (let ((table (new-table)))
    (do ((i 0 (+ i 1)))
        ((= i 3000))
      (let ((key (modulo (* i 7919) 1009)))
        (table-put! table key (+ 1 (table-get table key 0)))))
    (for-each (lambda (name) (table-put! table name (string-length name))) names)
    (let loop ((i 0) (sum 0))
      (if (= i 1009)
          (let sum-names ((rest names) (sum sum))
            (if (null? rest)
                (list (table-count table) sum)
                (sum-names (cdr rest) (+ sum (table-get table (car rest) -1)))))
          (loop (+ i 1) (+ sum (table-get table i 0)))))))

(repeat 200 work '(1509 6390))
