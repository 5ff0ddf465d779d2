; Two million symbols that nobody holds.
; args: --max-heap 64m
; time: 20
; output: done
(let loop ((i 0))
  (if (< i 1000000)
      (begin
        (string->symbol (string-append "symbol-" (number->string i)))
        (loop (+ i 1)))))
(display "done")
(newline)
