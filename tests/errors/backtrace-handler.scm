; An uncaught error leaves dynamic-wind on its way out.
(define (work)
  (dynamic-wind
    (lambda () (display "in") (newline))
    (lambda () (vector-ref (vector) 1))
    (lambda () (display "out") (newline))))
(work)
