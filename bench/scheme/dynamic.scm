;;; dynamic.scm - control: dynamic-wind, parameters, and escapes through both.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define depth (make-parameter 0))
(define log (make-parameter '()))
(define entered 0)
(define left 0)

(define (guarded thunk)
  (dynamic-wind
   (lambda () (set! entered (+ entered 1)))
   thunk
   (lambda () (set! left (+ left 1)))))

(define (descend n escape)
  (guarded
   (lambda ()
     (parameterize ((depth (+ (depth) 1)))
       (if (= n 0)
           (escape (depth))
           (+ 1 (descend (- n 1) escape)))))))

(define (nested n)
  (if (= n 0)
      (length (log))
      (parameterize ((log (cons n (log))))
        (nested (- n 1)))))

(define (work)
  (set! entered 0)
  (set! left 0)
  (let loop ((i 0) (sum 0))
    (if (= i 200)
        (list sum entered left (depth))
        (loop (+ i 1)
              (+ sum
                 (call/cc (lambda (escape) (descend 10 escape)))
                 (nested 10)
                 (guarded (lambda () 1)))))))

(repeat 400 work '(4400 2400 2400 0))
