; An error deep in a recursion.
(define (count n)
  (if (= n 100000)
      (car n)
      (+ 1 (count (+ n 1)))))
(display (count 0))
