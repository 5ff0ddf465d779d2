;; Where a loop counts and walks on in the instruction that ends it, errors are where they were
;; written.
(import (scheme base) (scheme write))
(define (walk list n)
  (let loop ((n n)
             (rest list))
    (if (null? rest)
        n
        (loop (- n
                 1)
              (cdr
               rest)))))
(display (walk '(1 2) 5))
(newline)
(define (count from to)
  (let loop ((found '()) (i from))
    (if (= i to)
        found
        (loop (cons i found)
              (+ i
                 1)))))
(display (count 1 4))
(newline)
(display (guard (e (#t (error-object-message e))) (walk '(1 . x) 0)))
(newline)
(walk '(1 2 . 3) 7)
