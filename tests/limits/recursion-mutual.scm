; Endless recursion through map and a procedure of the program.
; args: --max-heap 64m
; time: 10
; exit: 70
; error: out of memory
(define (tree n) (map tree (list n n)))
(tree 1)
