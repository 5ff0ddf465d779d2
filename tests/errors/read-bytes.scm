; A bytevector with a number that is no byte.
(define b #u8(1 2 300))
