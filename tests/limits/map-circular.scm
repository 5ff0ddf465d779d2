; map over one circular and one finite list ends with the shorter.
; args: --max-heap 64m
; time: 10
; output: (11 22 33 41)
(define x (list 1 2 3))
(set-cdr! (cddr x) x)
(write (map + x '(10 20 30 40)))
(newline)
