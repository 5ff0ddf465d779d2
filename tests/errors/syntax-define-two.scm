; Two expressions where a variable has one value.
(define answer 42 43)
