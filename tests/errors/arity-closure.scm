; Too few arguments for a procedure of the program's own.
(define (area width height)
  (* width height))
(display (area 3 4))
(newline)
(display (area 3))
