; parameterize of what is no parameter.
(define depth 1)
(parameterize ((depth 2)) (display depth))
