;;; bitwise.sld - exact integers as rows of bits, in two's complement.
(define-library (limpet bitwise)
  (export arithmetic-shift bit-count bitwise-and bitwise-ior bitwise-not bitwise-xor)
  (import (limpet primitives)))
