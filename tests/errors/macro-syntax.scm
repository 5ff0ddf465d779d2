; What a macro makes is not well-formed: the use is shown, and which macro it was.
(define-syntax while
  (syntax-rules ()
    ((_ test body ...)
     (let loop () (if test (begin body ... (loop)) 0 1)))))
(define (count)
  (let ((i 0))
    (while (< i 3) (display i) (set! i (+ i 1)))))
