(define twice 2)
