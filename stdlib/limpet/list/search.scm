;;; search.scm - finding elements of lists.
;;;
;;; Every procedure here walks its list once and allocates nothing.

;; The part of list that begins with the first element that satisfies pred, or #f.
(define (search who pred list)
  (check-procedure who 0 pred)
  (let loop ((rest list))
    (if (pair? rest)
        (if (pred (car rest))
            rest
            (loop (cdr rest)))
        (begin
          (check-list-end who 1 rest list)
          #f))))

;;> (find pred list) -> element or #f
;;> The first element that satisfies pred.
(define (find pred list)
  (let ((found (search 'find pred list)))
    (and found (car found))))

;;> (find-tail pred list) -> list or #f
;;> The part of list that begins with the first element that satisfies pred.
(define (find-tail pred list)
  (search 'find-tail pred list))

;;> (list-index pred list) -> index or #f
;;> The position of the first element that satisfies pred.
(define (list-index pred list)
  (check-procedure 'list-index 0 pred)
  (let loop ((rest list) (i 0))
    (if (pair? rest)
        (if (pred (car rest))
            i
            (loop (cdr rest) (+ i 1)))
        (begin
          (check-list-end 'list-index 1 rest list)
          #f))))

;;> (any pred list1 list2 ...) -> value or #f
;;> The first true value that pred returns for the elements.
(define any
  (case-lambda
    ((pred list)
     (check-procedure 'any 0 pred)
     (let loop ((rest list))
       (if (pair? rest)
           (or (pred (car rest))
               (loop (cdr rest)))
           (begin
             (check-list-end 'any 1 rest list)
             #f))))
    ((pred list . lists)
     (check-procedure 'any 0 pred)
     (let loop ((rests (cons list lists)))
       (if (all-pairs? rests)
           (or (apply pred (map car rests))
               (loop (map cdr rests)))
           (begin
             (check-ends 'any 1 rests (cons list lists))
             #f))))))

;;> (every pred list1 list2 ...) -> value or #f
;;> #f as soon as pred returns it for the elements; otherwise what it returned last, or #t if
;;> there are none.
(define every
  (case-lambda
    ((pred list)
     (check-procedure 'every 0 pred)
     (let loop ((rest list) (result #t))
       (if (pair? rest)
           (let ((result (pred (car rest))))
             (and result (loop (cdr rest) result)))
           (begin
             (check-list-end 'every 1 rest list)
             result))))
    ((pred list . lists)
     (check-procedure 'every 0 pred)
     (let loop ((rests (cons list lists)) (result #t))
       (if (all-pairs? rests)
           (let ((result (apply pred (map car rests))))
             (and result (loop (map cdr rests) result)))
           (begin
             (check-ends 'every 1 rests (cons list lists))
             result))))))

;;> (count pred list) -> integer
;;> How many elements satisfy pred.
(define (count pred list)
  (check-procedure 'count 0 pred)
  (fold-list 'count 1 (lambda (element n) (if (pred element) (+ n 1) n)) 0 list))

;;> (last list) -> element
;;> The last element of a list that is not empty.
(define (last list)
  (if (not (pair? list))
      (%type-error 'last 0 "a list with elements" list))
  (car (last-pair list)))
