; A list that grows without end and is held by a global.
; args: --max-heap 64m
; time: 10
; output: caught
; output: 1000000
(import (scheme base) (scheme write) (limpet list))
(define items '())
(define (grow)
  (set! items (cons 1 items))
  (grow))
(guard (e (#t (display "caught") (newline)))
  (grow))
(set! items '())
(display (length (iota 1000000)))
(newline)
