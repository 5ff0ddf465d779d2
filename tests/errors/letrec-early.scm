(define (f)
  (letrec* ((a (helper)) (helper (lambda () b)) (b 1)) a))
(f)
