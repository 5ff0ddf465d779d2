;; An error in the middle: what came before has happened, what comes after has not.
; exit: 70
(define (f x) (vector-ref x 3))
(define (loop n) (if (> n 2) (f (vector n)) (begin (write n) (loop (+ n 1)))))
(define p (delay (begin (write 'forced) 1)))
(write (force p)) (newline)
(loop 0)
(write 'never)
