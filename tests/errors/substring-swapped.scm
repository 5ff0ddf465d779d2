; Ends in the wrong order.
(display (substring "hello" 3 1))
