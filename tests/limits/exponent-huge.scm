; Numbers with exponents beyond all bounds, read in every way.
; args: --max-heap 64m
; time: 20
; output: (+inf.0 0.0 -inf.0 +inf.0 0.0 0 0.0)
; output: ok
(write (map string->number
            '("1e99999999999999999999" "1e-99999999999999999999" "-1e1000000000" "1e400" "1e-400" "#e0e99999999" "0e99999999999999999999")))
(newline)
(for-each (lambda (text) (guard (e ((error-object? e) #f)) (string->number text)))
          '("#e1e99999999999" "#e1e-99999999999" "#e1e1000000" "#e-1e99999999999999999999" "#e1.5e-1000000" "1/0" "#i1/0" "0/0"))
(display 'ok)
(newline)
