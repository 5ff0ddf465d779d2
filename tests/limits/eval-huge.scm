; eval of generated code: locals, arguments, nesting.
; args: --max-heap 64m
; time: 10
; output: 10000
; output: 5000
; output: 5000
; output: (0 2999)
(import (scheme base) (scheme write) (limpet list) (scheme eval) (scheme repl))
(define env (interaction-environment))
(define (name i) (string->symbol (string-append "v" (number->string i))))
(define names (map name (iota 10000)))
;; ten thousand locals at once
(display (eval `(let ,(map (lambda (n) (list n 1)) names) (+ ,@names)) env))
(newline)
;; a call with five thousand arguments
(display (eval `(length (list ,@(map (lambda (i) i) (iota 5000)))) env))
(newline)
(define (f . args) (length args))
(display (eval `(f ,@(iota 5000)) env))
(newline)
;; a procedure with three thousand parameters
(display (apply (eval `(lambda ,(map name (iota 3000)) (list v0 v2999)) env) (iota 3000)))
(newline)
