;; Included by continuations.scm: a continuation captured in what was included goes on in it.
(define included 0)
(define entry #f)
(call/cc (lambda (c) (set! entry c)))
(set! included (+ included 1))
(if (< included 3) (entry #f))
