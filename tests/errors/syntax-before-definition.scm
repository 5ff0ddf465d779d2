(define (area w) (square-of w))
(define-syntax square-of
  (syntax-rules () ((_ e) (let ((x e)) (* x x)))))
(display (area 3))
