; Ten thousand captured and assigned variables.
; args: --max-heap 64m
; time: 20
; output: 20000
(import (scheme base) (scheme write) (limpet list) (scheme eval) (scheme repl))
(define env (interaction-environment))
(define (name i) (string->symbol (string-append "v" (number->string i))))
(define names (map name (iota 10000)))
(display
 ((eval `(let ,(map (lambda (n) (list n 1)) names)
           (lambda ()
             ,@(map (lambda (n) `(set! ,n (+ ,n 1))) names)
             (+ ,@names)))
        env)))
(newline)
