; There is no exact infinity.
(exact (/ 1.0 0.0))
