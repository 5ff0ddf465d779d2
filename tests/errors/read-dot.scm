; A dot in the wrong place.
(display '(1 . 2 3))
