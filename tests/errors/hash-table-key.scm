; A table of strings takes no other keys, from whichever procedure they come.
(import (scheme base) (srfi 69))
(define ages (make-hash-table string=?))
(define (add! name age)
  (hash-table-update!/default ages name (lambda (old) (max old age)) 0))
(add! "ann" 31)
(add! 'bob 47)
