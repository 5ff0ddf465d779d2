; A macro that mentions a name which nothing defines.
(define-syntax swap!
  (syntax-rules ()
    ((_ a b) (let ((tmp a)) (set! a b) (sett! b tmp)))))
(define x 1)
(define y 2)
(begin
  (swap! x y))
