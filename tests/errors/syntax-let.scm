; A binding of let without its value.
(let ((x 1)
      (y))
  (+ x y))
