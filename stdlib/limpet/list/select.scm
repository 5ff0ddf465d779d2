;;; select.scm - some elements of lists.
;;;
;;; All results are new lists: nothing here changes or shares a list, but for drop.

;;> (filter pred list) -> list
;;> The elements that satisfy pred, in order.
(define (filter pred list)
  (let loop ((rest list) (kept '()))
    (cond ((null? rest) (reverse kept))
          ((pred (car rest)) (loop (cdr rest) (cons (car rest) kept)))
          (else (loop (cdr rest) kept)))))

;;> (remove pred list) -> list
;;> The elements that do not satisfy pred, in order.
(define (remove pred list)
  (filter (lambda (element) (not (pred element))) list))

;;> (partition pred list) -> two lists
;;> The elements that satisfy pred, and those that do not.
(define (partition pred list)
  (let loop ((rest list) (in '()) (out '()))
    (cond ((null? rest) (values (reverse in) (reverse out)))
          ((pred (car rest)) (loop (cdr rest) (cons (car rest) in) out))
          (else (loop (cdr rest) in (cons (car rest) out))))))

;;> (filter-map proc list) -> list
;;> The true values that proc returns for the elements.
(define (filter-map proc list)
  (let loop ((rest list) (kept '()))
    (if (null? rest)
        (reverse kept)
        (let ((result (proc (car rest))))
          (loop (cdr rest) (if result (cons result kept) kept))))))

;;> (delete obj list [same?]) -> list
;;> The elements that are not same (equal?) as obj.
(define delete
  (case-lambda
    ((obj list) (delete obj list equal?))
    ((obj list same?)
     (remove (lambda (element) (same? obj element)) list))))

;;> (delete-duplicates list [same?]) -> list
;;> The elements of list that are not same (equal?) as an earlier one. Takes quadratic time.
(define delete-duplicates
  (case-lambda
    ((list) (delete-duplicates list equal?))
    ((list same?)
     (let loop ((rest list) (kept '()))
       (cond ((null? rest) (reverse kept))
             ((member (car rest) kept (lambda (new old) (same? old new)))
              (loop (cdr rest) kept))
             (else (loop (cdr rest) (cons (car rest) kept))))))))

;;> (take list k) -> list
;;> The first k elements.
(define (take list k)
  (let loop ((rest list) (k k) (taken '()))
    (if (= k 0)
        (reverse taken)
        (loop (cdr rest) (- k 1) (cons (car rest) taken)))))

;;> (drop list k) -> list
;;> The elements but the first k, shared with list.
(define (drop list k)
  (list-tail list k))
