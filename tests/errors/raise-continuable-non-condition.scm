; raise-continuable of an object that no handler takes.
(define (ask question) (raise-continuable (list 'question question)))
(display (ask "why?"))
