; A literal that is deeper than any stack can be evaluated; code that deep is refused.
; args: --max-heap 64m
; output: (300000 #t error error)
(define (nest n) (let loop ((i 0) (x '())) (if (= i n) x (loop (+ i 1) (list x)))))
(define (nest-vector n) (let loop ((i 0) (x '())) (if (= i n) x (loop (+ i 1) (vector x)))))
(define (nest-code n) (let loop ((i 0) (x 1)) (if (= i n) x (loop (+ i 1) (list 'car (list 'list x))))))
(define (depth-of x) (let loop ((x x) (n 0)) (if (null? x) n (loop (car x) (+ n 1)))))
(define here (interaction-environment))
(write (list (depth-of (eval (list 'quote (nest 300000)) here))
             (vector? (eval (nest-vector 300000) here))
             (guard (e ((error-object? e) 'error)) (eval (nest-code 1000000) here))
             (guard (e ((error-object? e) 'error)) (eval (list 'quasiquote (nest 1000000)) here))))
(newline)
