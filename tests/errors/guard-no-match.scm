; A guard without a clause that matches.
(define (try thunk)
  (guard (e ((string? e) (display e)))
    (thunk)))
(try (lambda () (raise 'not-a-string)))
