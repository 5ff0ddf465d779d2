; Too few values of a procedure that is called, in tail position and elsewhere.
(define (two n) (if (= n 0) (values n 'two) (two (- n 1))))
(define (three x)
  (let-values (((a b c) (two x)))
    (list a b c)))
(define (outer x) (list (let-values (((a b) (two x))) (vector a b))
                        (let-values (((a b) (two x))) (three x))))
(display (outer 5))
