; What is no number sorts somehow, is no index and no exact number.
; args: --max-heap 64m
; time: 10
; output: 5
; output: (error error error error error error)
(import (scheme base) (scheme write) (limpet sort))
(define nan (- +inf.0 +inf.0))
(write (length (sort (list 3.0 nan 1.0 nan 2.0) <)))
(newline)
(define (outcome thunk) (guard (e ((error-object? e) 'error)) (thunk) 'value))
(write (map outcome
            (list (lambda () (exact nan))
                  (lambda () (exact +inf.0))
                  (lambda () (vector-ref (vector 1 2) nan))
                  (lambda () (make-vector nan))
                  (lambda () (integer->char nan))
                  (lambda () (list-tail '(1 2) nan)))))
(newline)
