; A million nested parentheses as a literal.
; args: --max-heap 64m
; time: 10
; output: 1000000
(define (nest n seed wrap)
  (let loop ((n n) (x seed))
    (if (= n 0) x (loop (- n 1) (wrap x)))))
(define env (interaction-environment))

(define (depth x)
  (let loop ((x x) (n 0))
    (if (pair? x) (loop (car x) (+ n 1)) n)))
(display (depth (eval (list 'quote (nest 1000000 'end list)) env)))
(newline)
