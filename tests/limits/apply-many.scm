; A call with a hundred thousand arguments through apply.
; args: --max-heap 64m
; time: 10
; output: 4999950000
; output: 100000
; output: 99999
; output: 200000
(import (scheme base) (scheme write) (limpet list))
(display (apply + (iota 100000)))
(newline)
(display (length (apply list (iota 100000))))
(newline)
(display (apply max (iota 100000)))
(newline)
(display (string-length (apply string-append (map (lambda (i) "ab") (iota 100000)))))
(newline)
