; What read-line gives at the end of the input.
(define port (open-input-string "one"))
(define (shout) (string-upcase (read-line port)))
(display (shout))
(newline)
(display (shout))
