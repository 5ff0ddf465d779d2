; The library's own procedures are left out.
(define (total prices)
  (guard (problem ((string? problem) 0))
    (vector-map (lambda (price) (* 2 price)) prices)))
(total (vector 1 2 'three))
