;;; select.scm - some elements of lists.
;;;
;;; All results are new lists: nothing here changes or shares a list, but for drop.

;; The elements that satisfy wanted?, in order; list is the argument of who at position.
(define (sieve who position wanted? list)
  (let loop ((rest list) (kept '()))
    (if (pair? rest)
        (loop (cdr rest) (if (wanted? (car rest)) (cons (car rest) kept) kept))
        (begin
          (check-list-end who position rest list)
          (reverse kept)))))

;;> (filter pred list) -> list
;;> The elements that satisfy pred, in order.
(define (filter pred list)
  (check-procedure 'filter 0 pred)
  (sieve 'filter 1 pred list))

;;> (remove pred list) -> list
;;> The elements that do not satisfy pred, in order.
(define (remove pred list)
  (check-procedure 'remove 0 pred)
  (sieve 'remove 1 (lambda (element) (not (pred element))) list))

;;> (partition pred list) -> two lists
;;> The elements that satisfy pred, and those that do not.
(define (partition pred list)
  (check-procedure 'partition 0 pred)
  (let loop ((rest list) (in '()) (out '()))
    (cond ((not (pair? rest))
           (check-list-end 'partition 1 rest list)
           (values (reverse in) (reverse out)))
          ((pred (car rest)) (loop (cdr rest) (cons (car rest) in) out))
          (else (loop (cdr rest) in (cons (car rest) out))))))

;;> (filter-map proc list) -> list
;;> The true values that proc returns for the elements.
(define (filter-map proc list)
  (check-procedure 'filter-map 0 proc)
  (let loop ((rest list) (kept '()))
    (if (pair? rest)
        (let ((result (proc (car rest))))
          (loop (cdr rest) (if result (cons result kept) kept)))
        (begin
          (check-list-end 'filter-map 1 rest list)
          (reverse kept)))))

;;> (delete obj list [same?]) -> list
;;> The elements that are not same (equal?) as obj.
(define delete
  (case-lambda
    ((obj list) (delete obj list equal?))
    ((obj list same?)
     (check-procedure 'delete 2 same?)
     (sieve 'delete 1 (lambda (element) (not (same? obj element))) list))))

;;> (delete-duplicates list [same?]) -> list
;;> The elements of list that are not same (equal?) as an earlier one. Takes quadratic time.
(define delete-duplicates
  (case-lambda
    ((list) (delete-duplicates list equal?))
    ((list same?)
     (check-procedure 'delete-duplicates 1 same?)
     (let loop ((rest list) (kept '()))
       (cond ((not (pair? rest))
              (check-list-end 'delete-duplicates 0 rest list)
              (reverse kept))
             ((member (car rest) kept (lambda (new old) (same? old new)))
              (loop (cdr rest) kept))
             (else (loop (cdr rest) (cons (car rest) kept))))))))

;; list ended after `length` elements, though who should take k of them.
(define (too-short who list end k length)
  (check-list-end who 0 end list)
  (%type-error who 1
               (string-append "at most " (number->string length) ", the length of the list,")
               k))

;;> (take list k) -> list
;;> The first k elements.
(define (take list k)
  (check-count 'take 1 k)
  (let loop ((rest list) (i 0) (taken '()))
    (cond ((= i k) (reverse taken))
          ((pair? rest) (loop (cdr rest) (+ i 1) (cons (car rest) taken)))
          (else (too-short 'take list rest k i)))))

;;> (drop list k) -> list
;;> The elements but the first k, shared with list.
(define (drop list k)
  (check-count 'drop 1 k)
  (let loop ((rest list) (i 0))
    (cond ((= i k) rest)
          ((pair? rest) (loop (cdr rest) (+ i 1)))
          (else (too-short 'drop list rest k i)))))
