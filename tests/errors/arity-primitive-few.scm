; Too few arguments for a primitive.
(vector-set! (vector 1 2))
