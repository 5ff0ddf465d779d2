; A datum label that was never given.
(define x '(1 #0#))
