; exit inside of many calls of dynamic-wind runs each after thunk once, also those that exit again.
; args: --max-heap 64m
; time: 10
; exit: 3
; output: 1000
(import (scheme base) (scheme process-context) (scheme write))
(define outs 0)
(define (nest n thunk)
  (if (= n 0)
      (thunk)
      (dynamic-wind (lambda () #f)
                    (lambda () (nest (- n 1) thunk))
                    (lambda ()
                      (set! outs (+ outs 1))
                      (if (= n 1000) (begin (write outs) (newline)))
                      (if (odd? n) (exit 3))))))
(dynamic-wind (lambda () #f)
              (lambda () (nest 1000 (lambda () (exit 9))))
              (lambda () (set! outs (+ outs 1))))
