; length and list-copy and friends of a circular list.
; args: --max-heap 64m
; time: 20
; output: #f
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
(define x (list 1 2 3))
(set-cdr! (cddr x) x)
(display (list? x))
(newline)
(define (try thunk)
  (guard (e (#t (display "error") (newline)))
    (thunk)
    (display "fine")
    (newline)))
(try (lambda () (length x)))
(try (lambda () (list->vector x)))
(try (lambda () (apply + x)))
(try (lambda () (reverse x)))
(try (lambda () (append x '(1))))
(try (lambda () (list-copy x)))
(try (lambda () (map (lambda (a) a) x)))
(try (lambda () (list->string x)))
