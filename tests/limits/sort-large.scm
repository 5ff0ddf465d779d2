; A list of three hundred thousand elements sorted.
; args: --max-heap 64m
; time: 20
; output: 200000
; output: #t
(import (scheme base) (scheme write) (limpet sort) (limpet list))
(define items
  (let loop ((i 0) (x 12345) (items '()))
    (if (= i 200000)
        items
        (loop (+ i 1) (modulo (+ (* x 1103515245) 12345) 2147483648) (cons x items)))))
(define sorted (sort items <))
(display (length sorted))
(newline)
(display (apply <= sorted))
(newline)
