; An inner definition that uses a later one.
(define (f x)
  (define a (+ b 1))
  (define b (* x 2))
  (list a b))
(f 1)
