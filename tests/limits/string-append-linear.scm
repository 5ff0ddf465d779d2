; A string built a character at a time.
; args: --max-heap 64m
; time: 10
; output: 20000
(let loop ((s "") (n 0))
  (if (< n 20000)
      (loop (string-append s "x") (+ n 1))
      (begin (display (string-length s)) (newline))))
