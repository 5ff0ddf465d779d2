; A handler that resumes an endless loop is bounded by its list.
; args: --max-heap 64m
; time: 10
; output: 100000
(define n 0)
(define (work)
  (if (< (raise-continuable n) 100000)
      (work)
      n))
(display
 (with-exception-handler
  (lambda (x) (set! n (+ n 1)) n)
  work))
(newline)
