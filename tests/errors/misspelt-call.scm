; A misspelt procedure.
(define (average a b) (/ (+ a b) 2))
(display (avarage 1 2))
