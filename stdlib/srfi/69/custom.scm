;;; custom.scm - tables whose keys are compared and hashed by procedures of the program.
;;;
;;; Those may do what they like: change the table, be left by a continuation and entered again.
;;; So nothing of the table is held while they run but a list of keys, those with the hash that
;;; is looked for; all else is done by primitives, which take a key for itself.

(define (hash-of table key)
  ((hash-table-hash-function table) key))

;; The key of table that is equivalent to key, or absent, among keys.
(define absent (list 'absent))

(define (equivalent-key table key keys)
  (let ((same? (hash-table-equivalence-function table)))
    (let loop ((keys keys))
      (cond ((null? keys) absent)
            ((same? (car keys) key) (car keys))
            (else (loop (cdr keys)))))))

(define (same-objects? a b)
  (if (and (pair? a) (pair? b))
      (and (eq? (car a) (car b)) (same-objects? (cdr a) (cdr b)))
      (eq? a b)))

(define (custom-ref table key default)
  (let* ((hash (hash-of table key))
         (found (equivalent-key table key (%hash-table-candidates table hash))))
    (if (eq? found absent)
        default
        (%hash-table-same-ref table hash found default))))

(define (custom-exists? table key)
  (not (eq? absent
            (equivalent-key table key (%hash-table-candidates table (hash-of table key))))))

;; A key is added only if none was since it was not found.
(define (custom-set! table key value)
  (let ((hash (hash-of table key)))
    (let retry ((keys (%hash-table-candidates table hash)))
      (let ((found (equivalent-key table key keys)))
        (if (not (eq? found absent))
            (%hash-table-same-set! table hash found value)
            (let ((now (%hash-table-candidates table hash)))
              (if (same-objects? keys now)
                  (%hash-table-same-set! table hash key value)
                  (retry now))))))))

(define (custom-delete! table key)
  (let* ((hash (hash-of table key))
         (found (equivalent-key table key (%hash-table-candidates table hash))))
    (if (not (eq? found absent))
        (%hash-table-same-delete! table hash found))))
