; An ordering of things that have none.
(if (< 1 'two)
    (display "less"))
