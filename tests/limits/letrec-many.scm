; Five thousand mutually visible procedures.
; args: --max-heap 64m
; time: 20
; output: 5000
(import (scheme base) (scheme write) (limpet list) (scheme eval) (scheme repl))
(define env (interaction-environment))
(define (name i) (string->symbol (string-append "f" (number->string i))))
(display
 (eval `(let ()
          ,@(map (lambda (i) `(define (,(name i) x) (,(name (+ i 1)) (+ x 1)))) (iota 5000))
          (define (,(name 5000) x) x)
          (f0 0))
       env))
(newline)
