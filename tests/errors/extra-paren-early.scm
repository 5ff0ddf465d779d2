; A parenthesis too many ends the definition early.
(define (area w h)
  (display w))
  (* w h))
(area 2 3)
