; A clause of case-lambda without a body.
(define f (case-lambda ((x)) ((x y) (+ x y))))
