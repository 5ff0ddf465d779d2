; guard nested fifty thousand deep, each passing the object on.
; args: --max-heap 64m
; time: 20
; output: deep
(define (f n)
  (if (= n 0)
      (raise 'deep)
      (guard (e ((string? e) 'never))
        (+ 1 (f (- n 1))))))
(guard (e ((symbol? e) (write e) (newline)))
  (f 2000))
