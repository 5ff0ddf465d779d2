;;; hashtable.scm - what takes all of a weak hash table, or a procedure.
;;;
;;; The keys and values are put on a list first, chain by chain, so that the table may be
;;; changed, and collections may break what they like, while the list is gone through.

(define (check-table who i table)
  (if (not (weak-hashtable? table))
      (%type-error who i "a weak hash table" table)))

;; A new list of pairs (key . value), in no order that matters.
(define (entries table)
  (let loop ((i (%weak-hashtable-chains table)) (pairs '()))
    (if (= i 0)
        pairs
        (loop (- i 1) (%weak-hashtable-chain table (- i 1) pairs)))))

;;> (weak-hashtable->alist table) -> list
;;> A new list of pairs (key . value), in no order that matters.
(define (weak-hashtable->alist table)
  (check-table 'weak-hashtable->alist 0 table)
  (entries table))

;;> (weak-hashtable-fold kons knil table) -> value
;;> Calls kons with each key, its value and what it returned before, which is knil at first.
(define (weak-hashtable-fold kons knil table)
  (check-procedure 'weak-hashtable-fold 0 kons)
  (check-table 'weak-hashtable-fold 2 table)
  (let loop ((pairs (entries table)) (result knil))
    (if (null? pairs)
        result
        (loop (cdr pairs) (kons (caar pairs) (cdar pairs) result)))))

;;> (weak-hashtable-walk proc table)
;;> Calls proc with each key and its value. It may change the table.
(define (weak-hashtable-walk proc table)
  (check-procedure 'weak-hashtable-walk 0 proc)
  (check-table 'weak-hashtable-walk 1 table)
  (for-each (lambda (pair) (proc (car pair) (cdr pair)))
            (entries table)))

;;> (weak-hashtable-keys table) -> list
(define (weak-hashtable-keys table)
  (check-table 'weak-hashtable-keys 0 table)
  (map car (entries table)))

;;> (weak-hashtable-values table) -> list
(define (weak-hashtable-values table)
  (check-table 'weak-hashtable-values 0 table)
  (map cdr (entries table)))

;;> (weak-hashtable-count table) -> integer
;;> How many keys there are. Also gives up the room of those that were collected.
(define (weak-hashtable-count table)
  (check-table 'weak-hashtable-count 0 table)
  (let ((chains (%weak-hashtable-chains table)))
    (let loop ((i 0) (count 0))
      (if (< i chains)
          (loop (+ i 1) (+ count (%weak-hashtable-clean! table i)))
          (let shrink ()
            (if (%weak-hashtable-shrink! table)
                (shrink)
                count))))))

;;> (weak-hashtable-update! table key proc [default])
;;> Gives key the value that proc returns for its value, or for default (#f) if it has none.
(define weak-hashtable-update!
  (case-lambda
    ((table key proc) (weak-hashtable-update! table key proc #f))
    ((table key proc default)
     (check-table 'weak-hashtable-update! 0 table)
     (check-procedure 'weak-hashtable-update! 2 proc)
     (weak-hashtable-set! table key (proc (weak-hashtable-ref table key default))))))

;;> (weak-hashtable-copy table) -> table
;;> A new table of the same kind with the same keys and values.
(define (weak-hashtable-copy table)
  (check-table 'weak-hashtable-copy 0 table)
  (let ((copy (if (%weak-hashtable-eqv? table)
                  (make-weak-eqv-hashtable)
                  (make-weak-eq-hashtable))))
    (for-each (lambda (pair) (weak-hashtable-set! copy (car pair) (cdr pair)))
              (entries table))
    copy))
