;;; Two operations in one instruction give what the two give one after the other.
; stress: 1000
(import (scheme base) (scheme write))

;; Each operation by itself, as no instruction does two of these.
(define (apart operation x y) (apply operation (list x y)))

(define-syntax check
  (syntax-rules ()
    ((_ first second)
     (lambda (x y z)
       (let ((left (second (first x y) z))
             (right (second z (first x y)))
             (middle (apart first x y)))
         (if (and (equal? left (apart second middle z)) (equal? right (apart second z middle)))
             '()
             (list (list 'first 'second x y z left right))))))))

(define checks
  (list (check + +) (check + -) (check + *)
        (check - +) (check - -) (check - *)
        (check * +) (check * -) (check * *)))

(define most 2305843009213693951)   ; the largest fixnum
(define numbers
  (list 0 1 -7 most (- (- most) 1) (* most most) 1/3
        0.0 -0.0 1.5 -2.25e-3 1e70 1e-70 1e300 -1e-300 +inf.0 -inf.0))

(define (wrong f)
  (apply append
         (map (lambda (x)
                (apply append
                       (map (lambda (y) (apply append (map (lambda (z) (f x y z)) numbers)))
                            numbers)))
              numbers)))

(map wrong checks)   ; => (() () () () () () () () ())

;; Each result is rounded.
(define (fma x y z) (+ (* x y) z))
(fma 1.0000000000000002 1.0000000000000002 -1.0000000000000004)   ; => 0.0
(fma 1e200 1e200 -inf.0)                                       ; => +nan.0
(fma 1e40 1e40 1.0)                                            ; => 1e80
(fma 3 4 5)                                                    ; => 17
(fma 3 0.5 5)                                                  ; => 6.5

;; Sums of products share their middle.
(define (dot a b c x y z) (+ (* a x) (* b y) (* c z)))
(dot 1 2 3 4 5 6)               ; => 32
(dot 1.0 2.0 3.0 4.0 5.0 6.0)   ; => 32.0
(dot 1 2 3 most 5 6)            ; => 2305843009213693979

;; Arguments keep their order.
(define seen '())
(define (note x) (set! seen (cons x seen)) x)
(let ((v (- (note 1) (* (note 2) (note 3))))) (list v (reverse seen)))   ; => (-5 (1 2 3))
(set! seen '())
(let ((v (- (* (note 1) (note 2)) (note 3)))) (list v (reverse seen)))   ; => (-1 (1 2 3))
(define (early x y) (+ (* x y) (begin (set! seen 'late) 1)))
(set! seen 'none)
(early 'a 1)   ; !! *: expected a number as argument 1, got a
seen           ; => none

;; Errors name the operation that failed, and its argument.
(define (right x y z) (- z (* x y)))
(define (plus x y z) (+ z (- x y)))
(fma 'a 1 2)     ; !! *: expected a number as argument 1, got a
(fma 1 'a 2)     ; !! *: expected a number as argument 2, got a
(fma 1 2 'a)     ; !! +: expected a number as argument 2, got a
(fma 'a 'b 'c)   ; !! *: expected a number as argument 1, got a
(right 1 2 'a)   ; !! -: expected a number as argument 1, got a
(right 1 'a 2)   ; !! *: expected a number as argument 2, got a
(plus 1 2 'a)    ; !! +: expected a number as argument 1, got a
(plus 'a 2 1)    ; !! -: expected a number as argument 1, got a
(dot 1 2 3 4 5 'a)   ; !! *: expected a number as argument 2, got a
