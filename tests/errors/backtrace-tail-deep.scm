; The mark stays where it belongs when the stack has moved to the heap.
(define (leaf n) (+ n 'one))
(define (by-tail n) (leaf n))
(define (deep n)
  (if (= n 0)
      (call/cc (lambda (k) (+ 1 (by-tail n))))
      (+ 1 (again (- n 1)))))
(define (again n) (deep n))
(deep 3)
