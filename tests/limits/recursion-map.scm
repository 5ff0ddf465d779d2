; map and append of a list of half a million elements.
; args: --max-heap 64m
; time: 10
; output: 249999500000
; output: 1000000
(import (scheme base) (scheme write) (limpet list))
(define items (iota 500000))
(define doubled (map (lambda (x) (* 2 x)) items))
(display (apply + doubled))
(newline)
(display (length (append doubled items)))
(newline)
