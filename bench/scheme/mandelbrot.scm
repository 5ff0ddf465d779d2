;;; mandelbrot.scm - floats: how many points of a grid stay in the Mandelbrot set.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define limit 200)

(define (escapes cr ci)
  (let loop ((zr 0.0) (zi 0.0) (n 0))
    (let ((zr2 (* zr zr)) (zi2 (* zi zi)))
      (cond ((= n limit) n)
            ((> (+ zr2 zi2) 4.0) n)
            (else (loop (+ (- zr2 zi2) cr)
                        (+ (* 2.0 (* zr zi)) ci)
                        (+ n 1)))))))

(define (count size)
  (let rows ((y 0) (total 0))
    (if (= y size)
        total
        (let columns ((x 0) (total total))
          (if (= x size)
              (rows (+ y 1) total)
              (columns (+ x 1)
                       (if (= limit (escapes (- (/ (* 3.0 x) size) 2.0)
                                             (- (/ (* 2.5 y) size) 1.25)))
                           (+ total 1)
                           total)))))))

(repeat 10 (lambda () (count 80)) 1317)
