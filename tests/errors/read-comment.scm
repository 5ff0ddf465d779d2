; A block comment that is never closed.
(display 1)
(newline)
#| a comment #| within |#
(display 2)
