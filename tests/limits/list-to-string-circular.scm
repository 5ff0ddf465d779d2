; Procedures that walk a list say that a circular one is none.
; args: --max-heap 64m
; time: 20
; output: (error error error error error error error error error error error)
(define circle (list #\a #\b))
(set-cdr! (cdr circle) circle)
(define (outcome thunk) (guard (e ((error-object? e) 'error)) (thunk) 'value))
(write (map outcome
            (list (lambda () (list->string circle))
                  (lambda () (list->vector circle))
                  (lambda () (length circle))
                  (lambda () (reverse circle))
                  (lambda () (append circle '()))
                  (lambda () (list-copy circle))
                  (lambda () (apply + circle))
                  (lambda () (map char-upcase circle circle))
                  (lambda () (memq 'x circle))
                  (lambda () (assq 'x circle))
                  (lambda () (string->symbol (list->string circle))))))
(newline)
