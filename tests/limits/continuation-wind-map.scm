; Re-entry through map and dynamic-wind at once.
; args: --max-heap 64m
; time: 10
; output: (10 20)
; output: (again 20)
; output: ((in 1) (out 1) (in 2) (out 2) (in 1) (out 1) (in 2) (out 2))
(define k #f)
(define count 0)
(define trace '())
(define (visit x)
  (dynamic-wind
    (lambda () (set! trace (cons (list 'in x) trace)))
    (lambda () (call/cc (lambda (c) (if (= x 1) (set! k c)) (* x 10))))
    (lambda () (set! trace (cons (list 'out x) trace)))))
(define (run)
  (write (map visit '(1 2)))
  (newline)
  (set! count (+ count 1))
  (if (= count 1) (k 'again)))
(run)
(write (reverse trace))
(newline)
