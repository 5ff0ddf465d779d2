; Errors whose irritants are huge print in bounded room.
; args: --max-heap 64m
; time: 10
; exit: 70
; error: too much: #\(x x x
(error "too much:" (make-vector 100000 'x) (make-string 100000 #\a) (make-list 100000 0))
