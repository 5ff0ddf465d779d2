; Thousands of values.
; args: --max-heap 64m
; time: 10
; output: 5000
(import (scheme base) (scheme write) (limpet list))
(call-with-values (lambda () (apply values (iota 5000)))
  (lambda all (display (length all)) (newline)))
