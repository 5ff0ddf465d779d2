; A million vectors in each other are built, written, read, compared and copied.
; args: --max-heap 64m
; output: (ok ok ok)
(define depth 1000000)
(define (nest n) (let loop ((i 0) (v '())) (if (= i n) v (loop (+ i 1) (vector v)))))
(define text (let ((p (open-output-string))) (write (nest depth) p) (get-output-string p)))
(define again (read (open-input-string text)))
(define (depth-of v) (let loop ((v v) (n 0)) (if (vector? v) (loop (vector-ref v 0) (+ n 1)) n)))
(write (list (if (= (string-length text) (+ 2 (* 3 depth))) 'ok 'length)
             (if (= (depth-of again) depth) 'ok 'depth)
             (if (equal? again (nest depth)) 'ok 'different)))
(newline)
