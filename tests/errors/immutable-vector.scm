; A literal vector must not change.
(vector-fill! #(1 2 3) 0)
