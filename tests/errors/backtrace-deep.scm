; A backtrace of a deep recursion is cut.
(define (count items)
  (if (eq? items 'end)
      0
      (+ 1 (count (cdr items)))))
(define (build n)
  (if (= n 0) '() (cons n (build (- n 1)))))
(display (count (build 1000)))
