; A number with more digits than there is memory for.
(display (expt 10 (expt 10 20)))
