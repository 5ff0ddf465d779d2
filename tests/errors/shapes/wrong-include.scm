(define (diagonal w h)
  (sqroot (+ (* w w) (* h h))))
