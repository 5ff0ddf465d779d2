;;; search.scm - finding elements of lists.
;;;
;;; Every procedure here walks its list once and allocates nothing.

;;> (find pred list) -> element or #f
;;> The first element that satisfies pred.
(define (find pred list)
  (let ((found (find-tail pred list)))
    (and found (car found))))

;;> (find-tail pred list) -> list or #f
;;> The part of list that begins with the first element that satisfies pred.
(define (find-tail pred list)
  (let loop ((rest list))
    (cond ((null? rest) #f)
          ((pred (car rest)) rest)
          (else (loop (cdr rest))))))

;;> (list-index pred list) -> index or #f
;;> The position of the first element that satisfies pred.
(define (list-index pred list)
  (let loop ((rest list) (i 0))
    (cond ((null? rest) #f)
          ((pred (car rest)) i)
          (else (loop (cdr rest) (+ i 1))))))

;;> (any pred list1 list2 ...) -> value or #f
;;> The first true value that pred returns for the elements.
(define any
  (case-lambda
    ((pred list)
     (let loop ((rest list))
       (and (pair? rest)
            (or (pred (car rest))
                (loop (cdr rest))))))
    ((pred . lists)
     (let loop ((lists lists))
       (and (all-pairs? lists)
            (or (apply pred (map car lists))
                (loop (map cdr lists))))))))

;;> (every pred list1 list2 ...) -> value or #f
;;> #f as soon as pred returns it for the elements; otherwise what it returned last, or #t if
;;> there are none.
(define every
  (case-lambda
    ((pred list)
     (let loop ((rest list) (result #t))
       (if (pair? rest)
           (let ((result (pred (car rest))))
             (and result (loop (cdr rest) result)))
           result)))
    ((pred . lists)
     (let loop ((lists lists) (result #t))
       (if (all-pairs? lists)
           (let ((result (apply pred (map car lists))))
             (and result (loop (map cdr lists) result)))
           result)))))

;;> (count pred list) -> integer
;;> How many elements satisfy pred.
(define (count pred list)
  (fold (lambda (element n) (if (pred element) (+ n 1) n)) 0 list))

;;> (last list) -> element
;;> The last element of a list that is not empty.
(define (last list)
  (car (last-pair list)))
