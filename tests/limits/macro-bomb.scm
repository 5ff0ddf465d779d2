; Expansions that double at each step, in code, in data and in names, run out of memory and no more.
; args: --max-heap 64m
; time: 60
; output: (error error error)
(define (outcome datum)
  (guard (e ((error-object? e) 'error)) (eval datum (interaction-environment)) 'value))
(define levels (vector->list (make-vector 40 'x)))
(write (map outcome
            (list `(let-syntax ((code (syntax-rules () ((_ () e) e) ((_ (a . r) e) (code r (list e e))))))
                     (letrec-syntax ((code (syntax-rules () ((_ () e) e) ((_ (a . r) e) (code r (list e e))))))
                       (code ,levels 1)))
                  `(letrec-syntax ((data (syntax-rules () ((_ () e ...) '(e ...)) ((_ (a . r) e ...) (data r e ... e ...)))))
                     (data ,levels 1 2))
                  `(letrec-syntax ((names (syntax-rules () ((_ () n ...) (lambda (n ...) 1)) ((_ (a . r) n ...) (names r n ... t u v w n ...)))))
                     (names ,levels)))))
(newline)
