;; Included by 4.1-primitive.scm and 5-programs.scm.
(define included-a 1)
(define (included-b x) (list x 3))
