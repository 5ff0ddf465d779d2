; A program that begins with imports is compiled as a whole whatever it mentions: only what it imports
; could give it its own environment. So the call is of a known procedure.
; args: --dump bytecode
(import (scheme base))
(define (twice x) (if (eq? x 'load) '(load repl) (twice (cdr x))))
(define both (list (twice 'load) 'interaction-environment twice))
