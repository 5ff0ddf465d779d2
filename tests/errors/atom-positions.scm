; args: --check
; Names have positions of their own, wherever they stand.
(define (f x)
  (let ((a x)
        (b missing-in-let))
    (if missing-test
        missing-then
        (+ a b missing-argument))))
missing-at-top
(define y
  missing-in-define)
