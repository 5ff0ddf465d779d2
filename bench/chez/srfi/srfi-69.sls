;;; srfi-69.sls - (srfi 69) over Chez Scheme's own hash tables.
(library (srfi srfi-69)
  (export hash-table->alist hash-table-delete! hash-table-exists? hash-table-fold hash-table-keys
          hash-table-ref hash-table-ref/default hash-table-set! hash-table-size
          hash-table-update!/default hash-table-walk make-hash-table)
  (import (except (chezscheme) make-hash-table))

  (define make-hash-table
    (case-lambda
      (() (make-hashtable equal-hash equal?))
      ((equivalence)
       (cond ((eq? equivalence eq?) (make-eq-hashtable))
             ((eq? equivalence eqv?) (make-eqv-hashtable))
             ((eq? equivalence string=?) (make-hashtable string-hash string=?))
             (else (make-hashtable equal-hash equivalence))))))

  (define hash-table-ref/default hashtable-ref)
  (define hash-table-set! hashtable-set!)
  (define hash-table-delete! hashtable-delete!)
  (define hash-table-exists? hashtable-contains?)
  (define hash-table-size hashtable-size)
  (define hash-table-update!/default hashtable-update!)

  (define absent (list 'absent))

  (define (hash-table-ref table key thunk)
    (let ((value (hashtable-ref table key absent)))
      (if (eq? value absent) (thunk) value)))

  (define (hash-table-keys table) (vector->list (hashtable-keys table)))
  (define (hash-table->alist table) (vector->list (hashtable-cells table)))

  (define (hash-table-walk table proc)
    (vector-for-each (lambda (cell) (proc (car cell) (cdr cell))) (hashtable-cells table)))

  (define (hash-table-fold table kons knil)
    (let ((cells (hashtable-cells table)))
      (let loop ((i 0) (result knil))
        (if (= i (vector-length cells))
            result
            (let ((cell (vector-ref cells i)))
              (loop (+ i 1) (kons (car cell) (cdr cell) result))))))))
