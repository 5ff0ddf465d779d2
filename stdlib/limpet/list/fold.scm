;;; fold.scm - making one value of a list, and lists of other things.

;; Calls proc with the elements of the lists side by side and then the arguments rest.
(define (apply-across proc lists . rest)
  (apply proc (append (map car lists) rest)))

(define (all-pairs? lists)
  (or (null? lists)
      (and (pair? (car lists))
           (all-pairs? (cdr lists)))))

;;> (fold kons knil list1 list2 ...) -> value
;;> Calls kons with each element, from left to right, and what it returned before (at first
;;> knil). The elements of several lists go side by side until the shortest ends.
(define fold
  (case-lambda
    ((kons knil list)
     (let loop ((rest list) (result knil))
       (if (pair? rest)
           (loop (cdr rest) (kons (car rest) result))
           result)))
    ((kons knil . lists)
     (let loop ((lists lists) (result knil))
       (if (all-pairs? lists)
           (loop (map cdr lists) (apply-across kons lists result))
           result)))))

;;> (fold-right kons knil list1 list2 ...) -> value
;;> Like fold, from right to left: (fold-right cons '() list) copies list.
(define fold-right
  (case-lambda
    ((kons knil list)
     (let loop ((rest list))
       (if (pair? rest)
           (kons (car rest) (loop (cdr rest)))
           knil)))
    ((kons knil . lists)
     (let loop ((lists lists))
       (if (all-pairs? lists)
           (apply-across kons lists (loop (map cdr lists)))
           knil)))))

;;> (reduce proc default list) -> value
;;> Folds list with its first element in the place of knil: (reduce + 0 '(1 2 3)) is 6. An
;;> empty list gives default.
(define (reduce proc default list)
  (if (pair? list)
      (fold proc (car list) (cdr list))
      default))

;;> (append-reverse list tail) -> list
;;> The elements of list in reverse order in front of tail.
(define (append-reverse list tail)
  (fold cons tail list))

;;> (concatenate lists) -> list
;;> Appends all the lists in lists.
(define (concatenate lists)
  (apply append lists))

;;> (append-map proc list1 list2 ...) -> list
;;> Appends the lists that proc returns for the elements.
(define (append-map proc list . lists)
  (concatenate (apply map proc list lists)))

;;> (iota count [start [step]]) -> list
;;> The numbers start (0), start + step (1), ...: count of them.
(define iota
  (case-lambda
    ((count) (iota count 0 1))
    ((count start) (iota count start 1))
    ((count start step)
     (let loop ((i (- count 1)) (result '()))
       (if (< i 0)
           result
           (loop (- i 1) (cons (+ start (* i step)) result)))))))
