; A number that is no byte.
(bytevector-u8-set! (make-bytevector 3 0) 0 256)
