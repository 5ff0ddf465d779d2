; What assoc gives when nothing is found.
(define ages '(("Ann" . 31) ("Bob" . 27)))
(define (age name) (cdr (assoc name ages)))
(display (age "Ann"))
(newline)
(display (age "Cid"))
