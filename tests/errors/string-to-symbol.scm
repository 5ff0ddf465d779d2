; A conversion of the wrong kind.
(string->symbol 'abc)
