; Too few arguments for a procedure that takes any number beyond two.
(define (f a b . rest) (list a b rest))
(f 1)
