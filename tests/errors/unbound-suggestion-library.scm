; A misspelt procedure of the library, inside a procedure.
(define (shout s)
  (string-upcas s))
(shout "hello")
