; Names that macros bring and names that they get do not mix.
; args: --dump ast
(define-syntax swap!
  (syntax-rules ()
    ((_ a b) (let ((tmp a)) (set! a b) (set! b tmp)))))
(define (f tmp other) (swap! tmp other) (list tmp other))
(define-syntax my-or
  (syntax-rules ()
    ((_) #f)
    ((_ e) e)
    ((_ e r ...) (let ((t e)) (if t t (my-or r ...))))))
(define (g t) (let ((if list)) (my-or #f t)))
(define-syntax while
  (syntax-rules ()
    ((_ test body ...) (let loop () (if test (begin body ... (loop)) #f)))))
(define (h loop) (while (< loop 3) (set! loop (+ loop 1))))
(display (f 1 2))
(display (g 5))
(newline)
