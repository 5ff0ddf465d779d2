; An error at run time in what a macro expanded to.
(define-syntax my-first
  (syntax-rules ()
    ((_ list) (car list))))
(define (f items)
  (my-first items))
(f '())
