; (expt 7 (expt 7 10)) does not fit.
; args: --max-heap 64m
; time: 20
; output: caught
; output: caught
; output: fine
; output: caught
; output: fine
; output: 1
; output: 1
(import (scheme base) (scheme write) (limpet bitwise))
(define (try thunk)
  (guard (e (#t (display "caught") (newline)))
    (thunk)
    (display "fine")
    (newline)))
(try (lambda () (expt 7 (expt 7 10))))
(try (lambda () (expt 7 (expt 7 100))))
(try (lambda () (exact (expt 2.5 700))))
(try (lambda () (arithmetic-shift 1 1000000000000)))
(try (lambda () (exact-integer-sqrt (expt 10 20000))))
(display (expt 1 (expt 7 100)))
(newline)
(display (expt -1 (+ 1 (expt 7 100))))
(newline)
