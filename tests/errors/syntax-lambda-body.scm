; lambda without a body.
(lambda (x))
