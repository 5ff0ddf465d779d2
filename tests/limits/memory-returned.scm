; What is dropped goes back to the system at the next full collection: of pairs, vectors, large
; vectors, and strings.
; time: 60
; output: (pairs #t #t)
; output: (vectors #t #t)
; output: (large #t #t)
; output: (strings #t #t)
(import (scheme base) (scheme write) (limpet gc))
(define bytes (* 256 1024 1024))
(define (stat name) (cdr (assq name (gc-stats))))
(define reserve (* 12 1024 1024)) ; a nursery, and pages between large objects
(define (build count item)
  (let loop ((i 0) (list '()))
    (if (< i count) (loop (+ i 1) (cons (item i) list)) list)))
(define kept #f)
(define (try name count item)
  (set! kept (build count item))
  (let ((grown? (> (stat 'resident-bytes) (* 9/10 bytes))))
    (set! kept #f)
    (gc)
    (write (list name grown?
                 (<= (stat 'resident-bytes) (+ (* 5/4 (stat 'live-bytes)) reserve))))
    (newline)))
(try 'pairs (quotient bytes 24) (lambda (i) i))
(try 'vectors (quotient bytes 848) (lambda (i) (make-vector 100 i)))
(try 'large (quotient bytes 20480) (lambda (i) (make-vector 2500 i)))
(try 'strings (quotient bytes 1104) (lambda (i) (make-string 1000 #\a)))
