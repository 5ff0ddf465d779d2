; args: --full-backtrace
; The library's own procedures show when they are asked for.
(define (total prices)
  (guard (problem ((string? problem) 0))
    (vector-map (lambda (price) (* 2 price)) prices)))
(total (vector 1 2 'three))
