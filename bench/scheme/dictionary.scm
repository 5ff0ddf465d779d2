;;; dictionary.scm - tables: SRFI 69 with keys of four kinds: filled, asked, changed, emptied.
(import (scheme base) (scheme write) (scheme process-context) (srfi 69))
(include "support/main.scm")

(define count 2000)

(define (keys-of make-key)
  (let ((keys (make-vector count #f)))
    (do ((i 0 (+ i 1)))
        ((= i count) keys)
      (vector-set! keys i (make-key i)))))

;; The same keys again, as other objects where there are contents to compare.
(define (key-name i) (string-append "key number " (number->string (* i 17))))
(define (key-list i) (list i 'of (key-name i)))

(define numbers (keys-of (lambda (i) (* i 64))))
(define symbols (keys-of (lambda (i) (string->symbol (key-name i)))))
(define names (keys-of key-name))
(define same-names (keys-of key-name))
(define lists (keys-of key-list))
(define same-lists (keys-of key-list))

(define (for-keys proc keys)
  (do ((i 0 (+ i 1)))
      ((= i count))
    (proc (vector-ref keys i) i)))

(define (exercise table keys same-keys)
  (let ((sum 0))
    (for-keys (lambda (key i) (hash-table-set! table key i)) keys)
    (for-keys (lambda (key i) (set! sum (+ sum (hash-table-ref/default table key 0)))) same-keys)
    (for-keys (lambda (key i)
                (hash-table-update!/default table key (lambda (value) (+ value 1)) 0))
              same-keys)
    (for-keys (lambda (key i)
                (if (odd? i) (hash-table-delete! table key)))
              same-keys)
    (for-keys (lambda (key i) (if (hash-table-exists? table key) (set! sum (+ sum 1)))) same-keys)
    (for-keys (lambda (key i) (hash-table-set! table key (+ i 1))) keys)
    (hash-table-walk table (lambda (key value) (set! sum (+ sum value))))
    (+ sum (hash-table-fold table (lambda (key value total) (+ total value)) 0))))

;; Words that come again and again: most of what a table sees.
(define (frequencies)
  (let ((table (make-hash-table eqv?)))
    (let loop ((i 0) (n 1))
      (if (< i 20000)
          (let ((word (modulo n 1009)))
            (hash-table-set! table word (+ 1 (hash-table-ref/default table word 0)))
            (loop (+ i 1) (modulo (* n 7919) 1000003)))
          (hash-table-fold table (lambda (key value most) (max value most)) 0)))))

(define (work)
  (list (exercise (make-hash-table eqv?) numbers numbers)
        (exercise (make-hash-table eq?) symbols symbols)
        (exercise (make-hash-table string=?) names same-names)
        (exercise (make-hash-table equal?) lists same-lists)
        (frequencies)))

(repeat 60 work '(6002000 6002000 6002000 6002000 36))
