; An assignment to what was never defined.
(set! counter 1)
