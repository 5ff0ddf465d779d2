; A literal must not change.
(define greeting "hello")
(string-set! greeting 0 #\j)
