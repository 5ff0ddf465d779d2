; A procedure with a parameter where one without is called.
(with-exception-handler
  (lambda (e) 0)
  (lambda (x) x))
