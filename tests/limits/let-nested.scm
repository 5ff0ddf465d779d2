; let nested ten thousand deep, as code.
; args: --max-heap 64m
; time: 20
; output: 1000
; output: too deep
; output: on
(define env (interaction-environment))
(define (nest n body)
  (let loop ((n n) (e body))
    (if (= n 0) e (loop (- n 1) `(let ((x (+ x 1))) ,e)))))
(define x 0)
(display (eval (nest 1000 'x) env))
(newline)
(guard (e (#t (display "too deep") (newline)))
  (display (eval (nest 100000 'x) env))
  (newline))
(display "on")
(newline)
