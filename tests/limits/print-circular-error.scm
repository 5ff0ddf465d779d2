; A circular irritant, and a circular object raised.
; args: --max-heap 64m
; time: 10
; exit: 70
; error: circular: #0=\(1 2 3 \. #0#\)
(define x (list 1 2 3))
(set-cdr! (cddr x) x)
(error "circular:" x)
