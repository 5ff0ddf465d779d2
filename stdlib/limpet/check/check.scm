;;; check.scm - errors that name the procedure, the argument, what was expected and what came.

;;> (check-procedure who position obj)
(define (check-procedure who position obj)
  (if (not (procedure? obj))
      (%type-error who position "a procedure" obj)))

;;> (check-string who position obj)
(define (check-string who position obj)
  (if (not (string? obj))
      (%type-error who position "a string" obj)))

;;> (check-vector who position obj)
(define (check-vector who position obj)
  (if (not (vector? obj))
      (%type-error who position "a vector" obj)))

;;> (check-number who position obj)
(define (check-number who position obj)
  (if (not (number? obj))
      (%type-error who position "a number" obj)))

;;> (check-count who position obj)
;;> For how many of something there are.
(define (check-count who position obj)
  (if (not (and (exact-integer? obj) (not (negative? obj))))
      (%type-error who position "an exact nonnegative integer" obj)))

;;> (check-list who position obj)
;;> Walks along the list; where it is walked along anyway check-list-end does.
(define (check-list who position obj)
  (if (not (list? obj))
      (%type-error who position "a proper list" obj)))

;;> (check-list-end who position end list)
;;> The end of a walk along a list: an error unless it is the empty list.
(define (check-list-end who position end list)
  (if (not (null? end))
      (%type-error who position "a proper list" list)))

;;> (check-ends who position ends lists)
;;> The same for several lists, the first of which is at position: those that ended.
(define (check-ends who position ends lists)
  (let loop ((ends ends) (rest lists) (position position))
    (if (pair? ends)
        (begin
          (if (not (pair? (car ends)))
              (check-list-end who position (car ends) (car rest)))
          (loop (cdr ends) (cdr rest) (+ position 1))))))

;;> (all-pairs? lists) -> boolean
(define (all-pairs? lists)
  (or (null? lists)
      (and (pair? (car lists))
           (all-pairs? (cdr lists)))))
