; A parenthesis is missing in the first of several definitions.
(define (square x)
  (* x x)

(define (cube x)
  (* x (square x)))

(display (cube 3))
