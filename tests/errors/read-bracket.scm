; A bytevector with what is no byte.
(display #u8(1 2 300))
