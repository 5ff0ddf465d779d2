; Endless recursion caught, and the program goes on.
; args: --max-heap 64m
; time: 10
; output: caught
; output: caught
; output: caught
; output: 100000
(define (f n) (+ 1 (f (+ n 1))))
(define (try)
  (guard (e (#t (display "caught") (newline)))
    (f 0)))
(try)
(try)
(try)
(display (length (vector->list (make-vector 100000 1))))
(newline)
