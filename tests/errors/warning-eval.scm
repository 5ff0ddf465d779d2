; Nothing is certain where eval can define.
(import (scheme base) (scheme eval) (scheme repl))
(eval '(define (made) 5) (interaction-environment))
(car (made))
