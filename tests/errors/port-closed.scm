; A port used after it was closed.
(define port (open-input-string "abc"))
(close-port port)
(read-char port)
