; args: --check
(import (scheme base))
(define (later) (defined-later 1))
(define (defined-later x) x)
(define (never) (if #f (undefined-thing) (disply 'a)))
'(quoted-name never reported)
(set! not-defined 1)
