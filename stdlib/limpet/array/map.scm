;;; map.scm - calling a procedure with the elements of arrays.
;;;
;;; The results of array-map are gathered in a list and become an array at the end, so that a
;;; continuation that was captured in proc can be entered again.

;; The first of the arrays is the second argument of who.
(define (check-arrays who arrays)
  (let loop ((rest arrays) (position 1))
    (if (pair? rest)
        (begin
          (if (not (array? (car rest)))
              (%type-error who position "a numeric vector" (car rest)))
          (loop (cdr rest) (+ position 1))))))

;; The length of the shortest of the arrays.
(define (common-length arrays)
  (apply min (map array-length arrays)))

;; Calls proc with the elements at index i of the arrays.
(define (apply-at proc arrays i)
  (apply proc (map (lambda (array) (array-ref array i)) arrays)))

;; What proc returns for the index 0, 1, ... below length, in a list.
(define (collect proc length)
  (let loop ((i 0) (results '()))
    (if (< i length)
        (loop (+ i 1) (cons (proc i) results))
        (reverse results))))

;;> (array-map proc array1 array2 ...) -> array
;;> An array, of the same kind as array1, of the results of calling proc with the first elements
;;> of the arrays, with the second ones, and so on, until the shortest array ends.
(define array-map
  (case-lambda
    ((proc array)
     (check-procedure 'array-map 0 proc)
     (check-arrays 'array-map (list array))
     (list->array (array-kind array)
                  (collect (lambda (i) (proc (array-ref array i))) (array-length array))))
    ((proc array . arrays)
     (let ((all (cons array arrays)))
       (check-procedure 'array-map 0 proc)
       (check-arrays 'array-map all)
       (list->array (array-kind array)
                    (collect (lambda (i) (apply-at proc all i)) (common-length all)))))))

;;> (array-for-each proc array1 array2 ...)
;;> Calls proc with the first elements of the arrays, with the second ones, and so on, until the
;;> shortest array ends.
(define array-for-each
  (case-lambda
    ((proc array)
     (check-procedure 'array-for-each 0 proc)
     (check-arrays 'array-for-each (list array))
     (let ((length (array-length array)))
       (do ((i 0 (+ i 1)))
           ((= i length))
         (proc (array-ref array i)))))
    ((proc array . arrays)
     (check-procedure 'array-for-each 0 proc)
     (check-arrays 'array-for-each (cons array arrays))
     (let* ((all (cons array arrays)) (length (common-length all)))
       (do ((i 0 (+ i 1)))
           ((= i length))
         (apply-at proc all i))))))
