; A program that runs out of memory again and again is told so each time, though the heap keeps
; more free blocks than the limit has room to spare.
; args: --max-heap 20m
; time: 60
; output: 12 caught
(import (scheme base) (scheme write))
(define caught 0)
(define (endless item)
  (let loop ((all '())) (loop (cons (item) all))))
(define (survive item)
  (guard (e ((error-object? e) (set! caught (+ caught 1))))
    (endless item)))
(do ((i 0 (+ i 1))) ((= i 4))
  (survive (lambda () 1))
  (survive (lambda () (make-vector 100 0)))
  (survive (lambda () (make-string 300 #\a))))
(display caught)
(display " caught")
(newline)
