;;; fold.scm - making one value of a list, and lists of other things.

;; Calls proc with the elements of the lists side by side and then the arguments rest.
(define (apply-across proc lists . rest)
  (apply proc (append (map car lists) rest)))

;; fold along one list, the argument of who at position.
(define (fold-list who position kons knil list)
  (let loop ((rest list) (result knil))
    (if (pair? rest)
        (loop (cdr rest) (kons (car rest) result))
        (begin
          (check-list-end who position rest list)
          result))))

;;> (fold kons knil list1 list2 ...) -> value
;;> Calls kons with each element, from left to right, and what it returned before (at first
;;> knil). The elements of several lists go side by side until the shortest ends.
(define fold
  (case-lambda
    ((kons knil list)
     (check-procedure 'fold 0 kons)
     (fold-list 'fold 2 kons knil list))
    ((kons knil list . lists)
     (check-procedure 'fold 0 kons)
     (let loop ((rests (cons list lists)) (result knil))
       (if (all-pairs? rests)
           (loop (map cdr rests) (apply-across kons rests result))
           (begin
             (check-ends 'fold 2 rests (cons list lists))
             result))))))

;;> (fold-right kons knil list1 list2 ...) -> value
;;> Like fold, from right to left: (fold-right cons '() list) copies list.
(define fold-right
  (case-lambda
    ((kons knil list)
     (check-procedure 'fold-right 0 kons)
     (let loop ((rest list))
       (if (pair? rest)
           (kons (car rest) (loop (cdr rest)))
           (begin
             (check-list-end 'fold-right 2 rest list)
             knil))))
    ((kons knil list . lists)
     (check-procedure 'fold-right 0 kons)
     (let loop ((rests (cons list lists)))
       (if (all-pairs? rests)
           (apply-across kons rests (loop (map cdr rests)))
           (begin
             (check-ends 'fold-right 2 rests (cons list lists))
             knil))))))

;;> (reduce proc default list) -> value
;;> Folds list with its first element in the place of knil: (reduce + 0 '(1 2 3)) is 6. An
;;> empty list gives default.
(define (reduce proc default list)
  (check-procedure 'reduce 0 proc)
  (if (pair? list)
      (let loop ((rest (cdr list)) (result (car list)))
        (if (pair? rest)
            (loop (cdr rest) (proc (car rest) result))
            (begin
              (check-list-end 'reduce 2 rest list)
              result)))
      (begin
        (check-list-end 'reduce 2 list list)
        default)))

;;> (append-reverse list tail) -> list
;;> The elements of list in reverse order in front of tail.
(define (append-reverse list tail)
  (fold-list 'append-reverse 0 cons tail list))

;;> (concatenate lists) -> list
;;> Appends all the lists in lists.
(define (concatenate lists)
  (check-list 'concatenate 0 lists)
  (apply append lists))

;;> (append-map proc list1 list2 ...) -> list
;;> Appends the lists that proc returns for the elements.
(define (append-map proc list . lists)
  (check-procedure 'append-map 0 proc)
  (let loop ((rests (cons list lists)) (results '()))
    (if (all-pairs? rests)
        (loop (map cdr rests) (cons (apply proc (map car rests)) results))
        (begin
          (check-ends 'append-map 1 rests (cons list lists))
          (apply append (reverse results))))))

;;> (iota count [start [step]]) -> list
;;> The numbers start (0), start + step (1), ...: count of them.
(define iota
  (case-lambda
    ((count) (iota count 0 1))
    ((count start) (iota count start 1))
    ((count start step)
     (check-count 'iota 0 count)
     (check-number 'iota 1 start)
     (check-number 'iota 2 step)
     (let loop ((i (- count 1)) (result '()))
       (if (< i 0)
           result
           (loop (- i 1) (cons (+ start (* i step)) result)))))))
