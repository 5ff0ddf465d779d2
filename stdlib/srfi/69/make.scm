;;; make.scm - which kind of table it is, and new tables.

;; The kinds of interp/src/containers/dict.h.
(define kind/eq 0)
(define kind/eqv 1)
(define kind/custom 3)
(define kind/equal 4)
(define kind/string 5)
(define kind/string-ci 6)

;; The kind that compares keys as equivalence does, and a hash function for it; #f for both if
;; there is none.
(define (known-kind equivalence)
  (cond ((eq? equivalence equal?) (values kind/equal hash))
        ((or (eq? equivalence eqv?) (eq? equivalence char=?)) (values kind/eqv hash))
        ((or (eq? equivalence eq?) (eq? equivalence symbol=?) (eq? equivalence boolean=?))
         (values kind/eq hash-by-identity))
        ((eq? equivalence string=?) (values kind/string string-hash))
        ((eq? equivalence string-ci=?) (values kind/string-ci string-ci-hash))
        (else (values #f #f))))

(define (own-hash? procedure)
  (or (eq? procedure hash) (eq? procedure hash-by-identity)
      (eq? procedure string-hash) (eq? procedure string-ci-hash)))

;; What = finds equal has one hash, exact or not.
(define (number-hash number)
  (hash (if (and (inexact? number) (= number number) (= (- number number) 0))
            (exact number)
            number)))

(define (char-ci-hash char)
  (hash (char-foldcase char)))

(define (default-hash equivalence)
  (cond ((eq? equivalence =) number-hash)
        ((eq? equivalence char-ci=?) char-ci-hash)
        (else hash)))

;; Some take a bound, which SRFI 69 has for an optional argument, and cannot do without.
(define (with-key-alone procedure)
  (if (%takes-arguments? procedure 1)
      procedure
      (lambda (key) (procedure key 1152921504606846976))))

;; The three are arguments of who, the first at position.
(define (make-table who position equivalence hash-function capacity)
  (check-procedure who position equivalence)
  (if hash-function (check-procedure who (+ position 1) hash-function))
  (check-count who (+ position 2) capacity)
  (let-values (((kind own) (known-kind equivalence)))
    (cond ((and kind (or (not hash-function) (own-hash? hash-function)))
           (%make-hash-table kind capacity equivalence (or hash-function own)))
          (hash-function
           (%make-hash-table kind/custom capacity equivalence (with-key-alone hash-function)))
          (else
           (%make-hash-table kind/custom capacity equivalence (default-hash equivalence))))))

;;> (make-hash-table [equivalence [hash [capacity]]]) -> table
;;> A new table whose keys are the same if equivalence (equal?) says so. hash gives such keys the
;;> same exact integer; it may be left out for the equivalences of the standard, and for any by
;;> which only equal? keys are the same. There is room for capacity keys.
(define make-hash-table
  (case-lambda
    (() (%make-hash-table kind/equal 0 equal? hash))
    ((equivalence) (make-table 'make-hash-table 0 equivalence #f 0))
    ((equivalence hash) (make-table 'make-hash-table 0 equivalence hash 0))
    ((equivalence hash capacity) (make-table 'make-hash-table 0 equivalence hash capacity))))

;; The table that who makes, with the keys of its first argument.
(define (fill-from-alist who alist table)
  (for-each (lambda (pair)
              (if (not (pair? pair))
                  (%type-error who 0 "a list of pairs" alist))
              (if (not (hash-table-exists? table (car pair)))
                  (hash-table-set! table (car pair) (cdr pair))))
            alist)
  table)

;;> (alist->hash-table alist [equivalence [hash [capacity]]]) -> table
;;> A new table; of several pairs with the same key, the first counts.
(define alist->hash-table
  (case-lambda
    ((alist) (alist->hash-table alist equal?))
    ((alist equivalence) (alist->hash-table alist equivalence #f 0))
    ((alist equivalence hash) (alist->hash-table alist equivalence hash 0))
    ((alist equivalence hash capacity)
     (check-list 'alist->hash-table 0 alist)
     (fill-from-alist 'alist->hash-table alist
                      (make-table 'alist->hash-table 1 equivalence hash capacity)))))
