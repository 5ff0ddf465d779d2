;;; table.scm - keys and values.
;;;
;;; The common kinds of tables are searched by primitives, which return an end-of-file object when the
;;; table is of the other kind; as a value, it may also be what was found. What takes a procedure
;;; goes through a copy of the entries, so that it may change the table, and be left and entered
;;; again.

(define (check-table who position table)
  (if (not (hash-table? table))
      (%type-error who position "a hash table" table)))

;; The value of key by a primitive that names the right procedure if something is wrong.
(define-syntax value-of
  (syntax-rules ()
    ((_ primitive table key default)
     (let ((value (primitive table key default)))
       (if (eof-object? value)
           (eof-or-custom-ref table key default)
           value)))))

(define (eof-or-custom-ref table key default)
  (if (%hash-table-custom? table)
      (custom-ref table key default)
      (eof-object)))

;;> (hash-table-ref/default table key default) -> value
(define (hash-table-ref/default table key default)
  (value-of %hash-table-ref/default table key default))

;;> (hash-table-ref table key [thunk]) -> value
;;> The value of key, or what thunk returns if there is none.
(define hash-table-ref
  (case-lambda
    ((table key)
     (let ((value (value-of %hash-table-ref table key absent)))
       (if (eq? value absent)
           (error "hash-table-ref: no such key:" key)
           value)))
    ((table key thunk)
     (check-procedure 'hash-table-ref 2 thunk)
     (let ((value (value-of %hash-table-ref table key absent)))
       (if (eq? value absent)
           (thunk)
           value)))))

;;> (hash-table-set! table key value)
(define (hash-table-set! table key value)
  (if (eof-object? (%hash-table-set! table key value))
      (custom-set! table key value)))

;;> (hash-table-delete! table key)
(define (hash-table-delete! table key)
  (if (eof-object? (%hash-table-delete! table key))
      (custom-delete! table key)))

;;> (hash-table-exists? table key) -> boolean
(define (hash-table-exists? table key)
  (let ((found (%hash-table-exists? table key)))
    (if (eof-object? found)
        (custom-exists? table key)
        found)))

;;> (hash-table-update! table key proc [thunk])
;;> Gives key the value that proc returns for its value, or for what thunk returns.
(define hash-table-update!
  (case-lambda
    ((table key proc)
     (check-procedure 'hash-table-update! 2 proc)
     (let ((value (value-of %hash-table-update-ref table key absent)))
       (if (eq? value absent)
           (error "hash-table-update!: no such key:" key)
           (hash-table-set! table key (proc value)))))
    ((table key proc thunk)
     (check-procedure 'hash-table-update! 2 proc)
     (check-procedure 'hash-table-update! 3 thunk)
     (let ((value (value-of %hash-table-update-ref table key absent)))
       (hash-table-set! table key (proc (if (eq? value absent) (thunk) value)))))))

;;> (hash-table-update!/default table key proc default)
(define (hash-table-update!/default table key proc default)
  (check-procedure 'hash-table-update!/default 2 proc)
  (hash-table-set! table key (proc (value-of %hash-table-update-ref/default table key default))))

;;> (hash-table-walk table proc)
;;> Calls proc with each key and its value.
(define (hash-table-walk table proc)
  (check-table 'hash-table-walk 0 table)
  (check-procedure 'hash-table-walk 1 proc)
  (let ((entries (%hash-table-entries table)))
    (let loop ((i 0))
      (if (< i (vector-length entries))
          (begin
            (proc (vector-ref entries i) (vector-ref entries (+ i 1)))
            (loop (+ i 2)))))))

;;> (hash-table-fold table kons knil) -> value
;;> Calls kons with each key, its value and what it returned before, which is knil at first.
(define (hash-table-fold table kons knil)
  (check-table 'hash-table-fold 0 table)
  (check-procedure 'hash-table-fold 1 kons)
  (let ((entries (%hash-table-entries table)))
    (let loop ((i 0) (result knil))
      (if (< i (vector-length entries))
          (loop (+ i 2) (kons (vector-ref entries i) (vector-ref entries (+ i 1)) result))
          result))))

;;> (hash-table-merge! table1 table2) -> table1
;;> Gives the keys of table2 the values that they have there in table1 too.
(define (hash-table-merge! table1 table2)
  (check-table 'hash-table-merge! 0 table1)
  (check-table 'hash-table-merge! 1 table2)
  (hash-table-walk table2 (lambda (key value) (hash-table-set! table1 key value)))
  table1)
