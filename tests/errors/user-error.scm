; error with a message and irritants of several kinds.
(define (check-age age)
  (if (< age 0)
      (error "bad age:" age "text" #\x 'symbol '(1 "two" 3.0) (vector 1 2))
      age))
(check-age -5)
