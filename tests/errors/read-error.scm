; A datum that read cannot read.
(define port (open-input-string "(1 2 (3 4)"))
(read port)
