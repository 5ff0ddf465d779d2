; Sums of fractions whose denominators have nothing in common grow until memory ends.
; args: --max-heap 16m
; output: out of memory
; output: 3/2
(define (grow x n) (grow (+ x (/ 1 (+ (* n n) 1))) (* (+ n 1) n)))
(display (guard (e ((error-object? e) (error-object-message e))) (grow 1/3 2)))
(newline)
(display (+ 1/2 1))
(newline)
