;;; lists.scm - the procedures of (scheme base) that call a procedure for elements of lists.
;;;
;;; None of them changes what it has made, so a continuation that was captured in the middle
;;; can be called again after the result was returned. Collecting results backwards and
;;; reversing them is faster than recursion, and takes no stack.

(define (cars lists)
  (if (pair? lists)
      (cons (caar lists) (cars (cdr lists)))
      '()))

(define (cdrs lists)
  (if (pair? lists)
      (cons (cdar lists) (cdrs (cdr lists)))
      '()))

;;> (map proc list1 list2 ...) -> list
;;> The results of calling proc with the first elements of the lists, with the second ones, and
;;> so on, from left to right, until the shortest list ends.
(define map
  (case-lambda
    ((proc list)
     (check-procedure 'map 0 proc)
     (let loop ((rest list) (results '()))
       (if (pair? rest)
           (loop (cdr rest) (cons (proc (car rest)) results))
           (begin
             (check-list-end 'map 1 rest list)
             (reverse results)))))
    ((proc list1 list2)
     (check-procedure 'map 0 proc)
     (let loop ((rest1 list1) (rest2 list2) (results '()))
       (if (and (pair? rest1) (pair? rest2))
           (loop (cdr rest1) (cdr rest2) (cons (proc (car rest1) (car rest2)) results))
           (begin
             (check-ends 'map 1 (list rest1 rest2) (list list1 list2))
             (reverse results)))))
    ((proc list1 . lists)
     (check-procedure 'map 0 proc)
     (let loop ((rests (cons list1 lists)) (results '()))
       (if (all-pairs? rests)
           (loop (cdrs rests) (cons (apply proc (cars rests)) results))
           (begin
             (check-ends 'map 1 rests (cons list1 lists))
             (reverse results)))))))

;;> (for-each proc list1 list2 ...)
;;> Calls proc with the first elements of the lists, with the second ones, and so on, until the
;;> shortest list ends.
(define for-each
  (case-lambda
    ((proc list)
     (check-procedure 'for-each 0 proc)
     (let loop ((rest list))
       (if (pair? rest)
           (begin
             (proc (car rest))
             (loop (cdr rest)))
           (check-list-end 'for-each 1 rest list))))
    ((proc list1 list2)
     (check-procedure 'for-each 0 proc)
     (let loop ((rest1 list1) (rest2 list2))
       (if (and (pair? rest1) (pair? rest2))
           (begin
             (proc (car rest1) (car rest2))
             (loop (cdr rest1) (cdr rest2)))
           (check-ends 'for-each 1 (list rest1 rest2) (list list1 list2)))))
    ((proc list1 . lists)
     (check-procedure 'for-each 0 proc)
     (let loop ((rests (cons list1 lists)))
       (if (all-pairs? rests)
           (begin
             (apply proc (cars rests))
             (loop (cdrs rests)))
           (check-ends 'for-each 1 rests (cons list1 lists)))))))

;;> (member obj list [same?]) -> the rest of list from the first element that is same, or #f
(define member
  (case-lambda
    ((obj list) (%member obj list))
    ((obj list same?)
     (check-procedure 'member 2 same?)
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
     (check-procedure 'assoc 2 same?)
     (let loop ((rest alist))
       (cond ((pair? rest)
              (if (not (pair? (car rest)))
                  (%type-error 'assoc 1 "an association list" alist))
              (if (same? obj (caar rest))
                  (car rest)
                  (loop (cdr rest))))
             (else
              (check-list-end 'assoc 1 rest alist)
              #f))))))
