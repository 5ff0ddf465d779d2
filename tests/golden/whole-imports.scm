; A program that can get at its own environment is compiled form by form, and calls by way of the cell.
; args: --dump bytecode
(import (scheme base) (prefix (only (scheme load) load) its-))
(define (twice x) (if (eq? x 'end) 0 (+ 1 (twice (cdr x)))))
