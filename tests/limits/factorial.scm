; A bignum that grows until memory ends.
; args: --max-heap 64m
; time: 30
; exit: 70
; error: out of memory|too large
(let loop ((x 2))
  (loop (* x x)))
