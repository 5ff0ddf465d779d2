; An error in an expression built at run time.
(define (calculate expression)
  (+ 1 (eval expression (interaction-environment))))
(calculate '(* 2 (car '())))
