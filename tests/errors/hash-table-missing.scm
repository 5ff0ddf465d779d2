; A key that is not there, and nothing that says what then.
(import (scheme base) (srfi 69))
(define ages (alist->hash-table '(("ann" . 31)) string=?))
(define (older name) (+ 1 (hash-table-ref ages name)))
(older "ann")
(older "bob")
