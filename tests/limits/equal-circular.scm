; equal? on circular lists and vectors ends.
; args: --max-heap 64m
; time: 10
; output: #t
; output: #f
; output: #t
(define (circle . items)
  (let loop ((rest items))
    (if (null? (cdr rest))
        (set-cdr! rest items)
        (loop (cdr rest))))
  items)
(display (equal? (circle 1 2) (circle 1 2 1 2)))
(newline)
(display (equal? (circle 1 2) (circle 1 2 3)))
(newline)
(define v (vector 1 #f))
(vector-set! v 1 v)
(define w (vector 1 (vector 1 #f)))
(vector-set! (vector-ref w 1) 1 w)
(display (equal? v w))
(newline)
