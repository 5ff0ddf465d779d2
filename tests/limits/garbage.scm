; Sixteen times the limit in garbage.
; args: --max-heap 64m
; time: 10
; output: 9999
(let loop ((i 0) (kept #f))
  (if (< i 10000)
      (loop (+ i 1) (make-vector 12500 i))
      (begin (display (vector-ref kept 0)) (newline))))
