;;; lists.scm - the procedures of (scheme base) that call a procedure for elements of lists.
;;;
;;; None of them changes what it has made, so a continuation that was captured in the middle
;;; can be called again after the result was returned.

;; The end of a walk along a list: an error unless it is the empty list.
(define (check-list-end who position end list)
  (if (not (null? end))
      (%type-error who position "a proper list" list)))

(define (all-pairs? lists)
  (or (null? lists)
      (and (pair? (car lists))
           (all-pairs? (cdr lists)))))

(define (map1 proc list)
  (let loop ((rest list))
    (if (pair? rest)
        (let ((first (proc (car rest))))
          (cons first (loop (cdr rest))))
        (begin
          (check-list-end 'map 1 rest list)
          '()))))

(define (map2 proc list1 list2)
  (let loop ((rest1 list1) (rest2 list2))
    (if (and (pair? rest1) (pair? rest2))
        (let ((first (proc (car rest1) (car rest2))))
          (cons first (loop (cdr rest1) (cdr rest2))))
        '())))

;;> (map proc list1 list2 ...) -> list
;;> The results of calling proc with the first elements of the lists, with the second ones, and
;;> so on, from left to right, until the shortest list ends.
(define map
  (case-lambda
    ((proc list) (map1 proc list))
    ((proc list1 list2) (map2 proc list1 list2))
    ((proc . lists)
     (let loop ((lists lists))
       (if (all-pairs? lists)
           (let ((first (apply proc (map1 car lists))))
             (cons first (loop (map1 cdr lists))))
           '())))))

;;> (for-each proc list1 list2 ...)
;;> Calls proc with the first elements of the lists, with the second ones, and so on, until the
;;> shortest list ends.
(define for-each
  (case-lambda
    ((proc list)
     (let loop ((rest list))
       (if (pair? rest)
           (begin
             (proc (car rest))
             (loop (cdr rest)))
           (check-list-end 'for-each 1 rest list))))
    ((proc list1 list2)
     (let loop ((rest1 list1) (rest2 list2))
       (if (and (pair? rest1) (pair? rest2))
           (begin
             (proc (car rest1) (car rest2))
             (loop (cdr rest1) (cdr rest2))))))
    ((proc . lists)
     (let loop ((lists lists))
       (if (all-pairs? lists)
           (begin
             (apply proc (map1 car lists))
             (loop (map1 cdr lists))))))))

;;> (member obj list [same?]) -> the rest of list from the first element that is same, or #f
(define member
  (case-lambda
    ((obj list) (%member obj list))
    ((obj list same?)
     (let loop ((rest list))
       (cond ((pair? rest)
              (if (same? obj (car rest))
                  rest
                  (loop (cdr rest))))
             (else
              (check-list-end 'member 1 rest list)
              #f))))))

;;> (assoc obj alist [same?]) -> the first pair of alist whose car is same, or #f
(define assoc
  (case-lambda
    ((obj alist) (%assoc obj alist))
    ((obj alist same?)
     (let loop ((rest alist))
       (cond ((pair? rest)
              (if (same? obj (caar rest))
                  (car rest)
                  (loop (cdr rest))))
             (else
              (check-list-end 'assoc 1 rest alist)
              #f))))))
