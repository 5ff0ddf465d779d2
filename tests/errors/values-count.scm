; More values than names.
(let-values (((a b) (values 1 2 3)))
  (display (list a b)))
