(export declared)
(begin (define declared '(declared)))
