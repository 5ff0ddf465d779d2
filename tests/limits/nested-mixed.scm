; Lists, vectors, quotations and records deep in each other: what is written can be read again.
; args: --max-heap 64m
; output: (#t #t #t #t)
(define-record-type box (make-box content) box? (content content set-content!))
(define (nest n)
  (let loop ((i 0) (x 'core))
    (if (= i n) x
        (loop (+ i 1) (case (modulo i 4) ((0) (list x)) ((1) (vector i x)) ((2) (list 'quote x)) (else (cons x i)))))))
(define (text-of x write) (let ((p (open-output-string))) (write x p) (get-output-string p)))
(define x (nest 400000))
(define again (read (open-input-string (text-of x write))))
(write (list (equal? x again)
             (equal? x (read (open-input-string (text-of x write-shared))))
             (string=? (text-of x display) (text-of again display))
             (let loop ((i 0) (b (make-box 0))) (if (= i 100000) (string? (text-of b write)) (loop (+ i 1) (make-box b))))))
(newline)
