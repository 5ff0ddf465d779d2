; A long chain of local procedures, each of which goes on to the next from both branches of a test,
; and here and there by way of a loop: what they return is returned, stored, tested, or dropped.
; time: 60
; output: (12002 12002 #t #f 3 #t)
(import (scheme base) (scheme eval) (scheme write))

(define length-of-chain 6000)

(define (name i) (string->symbol (string-append "f" (number->string i))))

(define (link i)
  (define next (name (- i 1)))
  (cond ((= i 0) `(define (f0 y) (last y)))
        ((= 0 (modulo i 7))
         `(define (,(name i) y)
            (let again ((y y) (left 2))
              (if (= left 0)
                  (if (pair? y) (,next (car y)) (,next y))
                  (again (+ y left -1) (- left 1))))))
        (else
         `(define (,(name i) y) (if (pair? y) (,next (car y)) (,next (+ y ,(modulo i 3))))))))

;; The body of a procedure: (last (+ x what the chain adds)), by way of the chain.
(define (chain)
  (let loop ((i length-of-chain) (definitions (list (list (name length-of-chain) 'x))))
    (if (< i 0)
        definitions
        (loop (- i 1) (cons (link i) definitions)))))

(define (run last body)
  ((eval `(lambda (last x) ,(body `(let () ,@(chain)))) (environment '(scheme base))) last 1))

(define (added)
  (let loop ((i length-of-chain) (sum 1))
    (if (= i 0) sum (loop (- i 1) (+ sum (if (= 0 (modulo i 7)) 1 (modulo i 3)))))))

(define seen 0)
(write (list (run (lambda (y) (+ y (- 12002 (added)))) (lambda (chain) chain))
             (car (run (lambda (y) (+ y (- 12002 (added)))) (lambda (chain) `(let ((z ,chain)) (list z z)))))
             (run (lambda (y) (= y (added))) (lambda (chain) `(if ,chain #t #f)))
             (run (lambda (y) (= y (added))) (lambda (chain) `(not (and ,chain ,chain))))
             (run (lambda (y) (set! seen y)) (lambda (chain) `(begin ,chain 3)))
             (= seen (added))))
