; Lack of memory is an error that a program can catch; it frees something and goes on. Each kind
; of object, three times.
; args: --max-heap 48m
; time: 60
; output: 21 caught, 48000
(import (scheme base) (scheme write))
(define caught 0)
(define (endless item)
  (let loop ((all '())) (loop (cons (item) all))))
(define (survive item)
  (do ((i 0 (+ i 1))) ((= i 3))
    (guard (e ((error-object? e) (set! caught (+ caught 1))))
      (endless item))))
(define kept (make-vector 1000 '()))
(survive (lambda () 1))
(survive (lambda () (make-vector 100 0)))
(survive (lambda () (make-vector 5000 0)))
(survive (lambda () (make-vector 500000 0)))
(survive (lambda () (make-string 300 #\x3bb)))
(survive (lambda () (expt 7 3000)))
(survive (lambda () (let ((port (open-output-string))) (write 'abc port) port)))
(define (fill i)
  (vector-set! kept (modulo i 1000) (cons i (vector-ref kept (modulo i 1000)))))
(do ((i 0 (+ i 1))) ((= i 48000)) (fill i))
(display caught)
(display " caught, ")
(display (apply + (map length (vector->list kept))))
(newline)
