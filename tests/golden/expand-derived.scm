; What derived forms become.
; args: --dump ast
(define (f x) (cond ((assv x '((1 . 2))) => cdr) ((> x 3) 'big) (else 'small)))
(define (g x) (case x ((1 2) 'low) ((3) => list) (else #f)))
(define (h n) (do ((i 0 (+ i 1)) (acc '() (cons i acc))) ((= i n) acc)))
(define (k a b) (let* ((x a) (y (+ x b))) (or x y (and a b))))
(define (m) (let-values (((q r) (floor/ 7 2))) (list q r)))
(define (n x) `(1 ,x ,@(list x x) #(v ,x)))
