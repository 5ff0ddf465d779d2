; equal? on lists nested a million deep, in the car and in the cdr.
; args: --max-heap 64m
; time: 10
; output: #t
; output: #f
(define (nest n seed)
  (let loop ((n n) (x seed))
    (if (= n 0) x (loop (- n 1) (list x)))))
(define a (nest 500000 'end))
(define b (nest 500000 'end))
(display (equal? a b))
(newline)
(set! b #f)
(define c (nest 500000 'other))
(display (equal? a c))
(newline)
