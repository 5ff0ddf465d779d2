; An index below zero.
(string-ref "hello" -1)
