(define included-c 'c)
