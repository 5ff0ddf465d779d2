; A definition without a value.
(define answer)
