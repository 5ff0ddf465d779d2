; A name that nothing resembles.
(display (frobnicate 1 2))
