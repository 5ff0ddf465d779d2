; Lack of memory caught by guard: what was held is free again.
; args: --max-heap 64m
; time: 10
; output: caught
; output: caught
; output: 1000000
(define (grow)
  (let loop ((items '()))
    (loop (cons (make-string 100 #\a) items))))
(define (try)
  (guard (e ((error-object? e) (display "caught") (newline)))
    (grow)))
(try)
(try)
(display (vector-length (make-vector 1000000 0)))
(newline)
