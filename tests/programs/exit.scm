;; A program that ends early ends with what it had done, though what follows is wrong.
; exit: 3
(write 1)
(dynamic-wind (lambda () (write 'in)) (lambda () (exit 3)) (lambda () (write 'out)))
(write 'never)
(if)
