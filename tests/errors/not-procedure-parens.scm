; One pair of parentheses too many.
(define (get) 42)
(display ((get)))
