; A list that grows without end.
; args: --max-heap 64m
; time: 10
; exit: 70
; error: out of memory
(let loop ((items '()))
  (loop (cons 1 items)))
