; Sizes that no memory has.
; args: --max-heap 64m
; time: 10
; output: make-vector: a size that cannot be allocated
; output: make-vector: a size that cannot be allocated
; output: make-string: a size that cannot be allocated
; output: make-bytevector: a size that cannot be allocated
; output: make-list: a size that cannot be allocated
; output: make-vector: a size that cannot be allocated
; output: make-string: a size that cannot be allocated
; output: make-vector: a size that cannot be allocated
; output: out of memory
; output: on
(import (scheme base) (scheme write) (limpet list))
(define (try thunk)
  (guard (e ((error-object? e) (display (error-object-message e)) (newline)))
    (thunk)
    (display "got it?")
    (newline)))
(try (lambda () (make-vector 1000000000000)))
(try (lambda () (make-vector 1000000000000 'x)))
(try (lambda () (make-string 1000000000000 #\a)))
(try (lambda () (make-bytevector 1000000000000 0)))
(try (lambda () (make-list 1000000000000 0)))
(try (lambda () (make-vector 4611686018427387903 0)))
(try (lambda () (make-string 4611686018427387903 #\a)))
(try (lambda () (make-vector (expt 10 30) 0)))
(try (lambda () (iota 1000000000000)))
(display "on")
(newline)
