; A string where a number must be.
(define (total items)
  (let loop ((items items) (sum 0))
    (if (null? items)
        sum
        (loop (cdr items) (+ sum (car items))))))
(total '(1 2 "3" 4))
