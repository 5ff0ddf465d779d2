; A number that has letters is a name.
(define price 12e)
