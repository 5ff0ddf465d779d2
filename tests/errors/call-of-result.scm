; A call inside one pair of parentheses too many.
(define (hello) (display "hello") (newline))
((hello))
