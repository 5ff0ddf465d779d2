; Sizes and ranges that make no sense are errors wherever they are given.
; args: --max-heap 64m
; time: 10
; output: all errors
(import (scheme base) (scheme write))
(define bad (list -1 1.5 100 'a (expt 10 30) (- (expt 10 30)) #f "1"))
(define (fails? thunk) (guard (e ((error-object? e) #t)) (thunk) #f))
(define v (vector 1 2 3))
(define s (string #\a #\b #\c))
(define b (bytevector 1 2 3))
(define all
  (map (lambda (n)
         (map fails?
              (list (lambda () (vector-ref v n)) (lambda () (vector-set! v n 0)) (lambda () (vector-fill! v 0 n))
                    (lambda () (vector-fill! v 0 0 n)) (lambda () (vector-copy v n)) (lambda () (vector-copy v 0 n))
                    (lambda () (vector-copy! v n v)) (lambda () (vector->list v n)) (lambda () (vector->list v 0 n))
                    (lambda () (vector->string v n)) (lambda () (string-ref s n)) (lambda () (string-set! s n #\a))
                    (lambda () (substring s n 3)) (lambda () (substring s 0 n)) (lambda () (string-copy! s n s))
                    (lambda () (string-fill! s #\a n)) (lambda () (string->list s n)) (lambda () (string->vector s 0 n))
                    (lambda () (string->utf8 s n)) (lambda () (utf8->string b n)) (lambda () (bytevector-u8-ref b n))
                    (lambda () (bytevector-u8-set! b n 0)) (lambda () (bytevector-copy b n)) (lambda () (bytevector-copy! b n b))
                    (lambda () (list-tail '(1 2 3) n)) (lambda () (list-ref '(1 2 3) n)))))
       bad))
(define crossing
  (map fails?
       (list (lambda () (vector-fill! v 0 2 1)) (lambda () (vector-copy v 2 1)) (lambda () (vector->list v 2 1))
             (lambda () (substring s 2 1)) (lambda () (string-fill! s #\a 2 1)) (lambda () (string->list s 2 1))
             (lambda () (string-copy! s 0 s 2 1)) (lambda () (bytevector-copy b 2 1)) (lambda () (bytevector-copy! b 0 b 2 1))
             (lambda () (utf8->string b 2 1)) (lambda () (vector-copy! v 0 v 2 1)) (lambda () (vector-copy! v 2 v 0 3))
             (lambda () (make-string -1)) (lambda () (make-string (expt 10 30))) (lambda () (make-vector -1))
             (lambda () (make-bytevector -1)) (lambda () (make-list -1)) (lambda () (make-list 1.0)))))
(display (if (memq #f (apply append crossing all)) (list 'not-all crossing all) "all errors"))
(newline)
