; A call that ends with a dot.
(+ 1 . 2)
