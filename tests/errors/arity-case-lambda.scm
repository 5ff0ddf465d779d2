; No clause for this number of arguments.
(define range
  (case-lambda
    ((end) (list 0 end))
    ((start end) (list start end))))
(range 1 2 3)
