; A parenthesis that is never closed.
(define (f x)
  (let ((y (* x 2))
    (+ x y)))

(display (f 1))
