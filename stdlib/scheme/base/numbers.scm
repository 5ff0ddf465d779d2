;;; numbers.scm - the simplest rational number in an interval.
;;;
;;; Written here and not in C, since it takes as many steps as the numbers have digits.

(define (check-real who position obj)
  (if (not (real? obj))
      (%type-error who position "a real number" obj)))

;; From 0 < low <= high, exact: the continued fraction that both ends begin with, and then the
;; smallest term that fits. p1/q1 is what its terms give so far, p0/q0 what they gave before
;; the last one.
(define (simplest-between low high)
  (let loop ((low low) (high high) (p1 1) (q1 0) (p0 0) (q0 1))
    (let* ((whole (floor low))
           (integer-fits? (<= (ceiling low) high))
           (term (if integer-fits? (ceiling low) whole))
           (p (+ (* term p1) p0))
           (q (+ (* term q1) q0)))
      (if integer-fits?
          (/ p q)
          (loop (/ (- high whole)) (/ (- low whole)) p q p1 q1)))))

(define (simplest-within x y)
  (let ((low (- (abs x) y)))
    (cond ((<= low 0) 0)
          ((negative? x) (- (simplest-between low (+ (abs x) y))))
          (else (simplest-between low (+ x y))))))

;;> (rationalize x y) -> rational
;;> The simplest rational number that differs from x by no more than y: the one with the smallest
;;> numerator and denominator.
(define (rationalize x y)
  (check-real 'rationalize 0 x)
  (check-real 'rationalize 1 y)
  (cond ((or (nan? x) (nan? y) (and (infinite? x) (infinite? y))) +nan.0)
        ((infinite? x) x)
        ((infinite? y) 0.0)
        ((and (exact? x) (exact? y)) (simplest-within x (abs y)))
        (else (inexact (simplest-within (exact x) (abs (exact y)))))))
