;;; ray.scm - floats: a ray tracer: spheres over a plane, shadows and reflections.
(import (scheme base) (scheme write) (scheme process-context) (scheme inexact))
(include "support/main.scm")

;; Points and directions are vectors of three.
(define (vec x y z) (vector x y z))
(define (x-of v) (vector-ref v 0))
(define (y-of v) (vector-ref v 1))
(define (z-of v) (vector-ref v 2))
(define (plus a b) (vec (+ (x-of a) (x-of b)) (+ (y-of a) (y-of b)) (+ (z-of a) (z-of b))))
(define (minus a b) (vec (- (x-of a) (x-of b)) (- (y-of a) (y-of b)) (- (z-of a) (z-of b))))
(define (times a k) (vec (* k (x-of a)) (* k (y-of a)) (* k (z-of a))))
(define (dot a b) (+ (* (x-of a) (x-of b)) (* (y-of a) (y-of b)) (* (z-of a) (z-of b))))
(define (unit a) (times a (/ 1.0 (sqrt (dot a a)))))

(define-record-type sphere
  (make-sphere centre radius colour mirror)
  sphere?
  (centre sphere-centre)
  (radius sphere-radius)
  (colour sphere-colour)
  (mirror sphere-mirror))

(define spheres
  (list (make-sphere (vec 0.0 1.0 6.0) 1.0 0.9 0.3)
        (make-sphere (vec -2.0 0.7 5.0) 0.7 0.6 0.5)
        (make-sphere (vec 1.8 0.5 4.5) 0.5 0.8 0.1)
        (make-sphere (vec 0.3 0.3 3.5) 0.3 0.4 0.0)))

(define light (unit (vec -0.6 1.0 -0.5)))

;; How far along the ray the sphere is, or #f.
(define (distance sphere origin direction)
  (let* ((to (minus origin (sphere-centre sphere)))
         (b (dot to direction))
         (c (- (dot to to) (* (sphere-radius sphere) (sphere-radius sphere))))
         (root (- (* b b) c)))
    (and (> root 0.0)
         (let ((t (- (- b) (sqrt root))))
           (and (> t 0.001) t)))))

(define (nearest origin direction found)
  (let loop ((rest spheres) (best #f) (least 1e30))
    (if (null? rest)
        (found best least)
        (let ((t (distance (car rest) origin direction)))
          (if (and t (< t least))
              (loop (cdr rest) (car rest) t)
              (loop (cdr rest) best least))))))

(define (shadowed? point)
  (nearest point light (lambda (sphere t) (if sphere #t #f))))

(define (sky direction) (+ 0.3 (* 0.5 (abs (y-of direction)))))

(define (floor-at origin direction)
  (let ((t (/ (y-of origin) (- (y-of direction)))))
    (let* ((point (plus origin (times direction t)))
           (even (even? (exact (round (+ (floor (x-of point)) (floor (z-of point)))))))
           (colour (if even 0.7 0.2)))
      (if (shadowed? point) (* 0.4 colour) colour))))

(define (trace origin direction depth)
  (nearest origin direction
           (lambda (sphere t)
             (cond (sphere
                    (let* ((point (plus origin (times direction t)))
                           (normal (unit (minus point (sphere-centre sphere))))
                           (lit (if (shadowed? point) 0.0 (max 0.0 (dot normal light))))
                           (own (* (sphere-colour sphere) (+ 0.2 (* 0.8 lit))))
                           (mirror (sphere-mirror sphere)))
                      (if (and (> mirror 0.0) (> depth 0))
                          (+ (* (- 1.0 mirror) own)
                             (* mirror
                                (trace point
                                       (minus direction (times normal (* 2.0 (dot normal direction))))
                                       (- depth 1))))
                          own)))
                   ((< (y-of direction) -0.001) (floor-at origin direction))
                   (else (sky direction))))))

(define (picture size)
  (let ((eye (vec 0.0 1.2 0.0)))
    (let rows ((j 0) (sum 0))
      (if (= j size)
          sum
          (let columns ((i 0) (sum sum))
            (if (= i size)
                (rows (+ j 1) sum)
                (let ((direction (unit (vec (- (/ (* 2.0 i) size) 1.0)
                                            (- 1.0 (/ (* 2.0 j) size))
                                            2.0))))
                  (columns (+ i 1)
                           (+ sum (exact (round (* 255.0 (trace eye direction 3)))))))))))))

(repeat 20 (lambda () (picture 64)) 441421)
