; A dot with two data behind it.
(define p '(1 . 2 3))
