; Numbers whose exponent is out of this world.
; args: --max-heap 64m
; time: 10
; output: +inf.0
; output: -inf.0
; output: 0.0
; output: 0.0
; output: #f
; output: #f
(display (string->number "1e400000000"))
(newline)
(display (string->number "-1e400000000"))
(newline)
(display (string->number "1e-400000000"))
(newline)
(display (string->number "0e99999999999999999999"))
(newline)
(display (string->number "#e1e400000000"))
(newline)
(display (string->number "#e1e-99999999999999999999"))
(newline)
