;;; mandelbrot.scm - writes a picture of the Mandelbrot set as a PGM file to standard output.
;;;
;;;     limpet mandelbrot.scm [WIDTH] >mandelbrot.pgm
(import (scheme base) (scheme write) (scheme process-context))

(define max-steps 255)

;; How many steps z := z*z + c takes to leave the circle of radius 2, at most max-steps.
(define (steps cr ci)
  (let loop ((zr 0.0) (zi 0.0) (n 0))
    (let ((rr (* zr zr)) (ii (* zi zi)))
      (if (or (= n max-steps) (> (+ rr ii) 4.0))
          n
          (loop (+ (- rr ii) cr)
                (+ (* 2.0 zr zi) ci)
                (+ n 1))))))

(define (picture width height)
  (display "P2\n")
  (display width)
  (display " ")
  (display height)
  (display "\n255\n")
  (do ((y 0 (+ y 1)))
      ((= y height))
    (do ((x 0 (+ x 1)))
        ((= x width))
      (display (- max-steps
                  (steps (- (/ (* 3.0 x) width) 2.25)
                         (- (/ (* 2.5 y) height) 1.25))))
      (display (if (= (+ x 1) width) "\n" " ")))))

(define width
  (if (pair? (cdr (command-line)))
      (string->number (cadr (command-line)))
      24))

(picture width (quotient (* width 5) 6))
