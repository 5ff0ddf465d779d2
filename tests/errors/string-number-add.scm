; A number where text is wanted.
(define (label n) (string-append "item " n))
(display (label 3))
