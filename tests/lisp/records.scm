;; define-record-type: section 5.5.
(import (scheme base) (scheme write))

(define-record-type point (make-point x y) point? (x point-x set-point-x!) (y point-y))
(define-record-type <cell> (make-cell) cell? (content cell-ref cell-set!))

(define p (make-point 3 4))
(write (point? p))                      ; => #t
(write (point? '(3 4)))                 ; => #f
(write (list (point-x p) (point-y p)))  ; => (3 4)
(let () (set-point-x! p 5) (write (point-x p))) ; => 5
(point-x 5)                             ; !! point-x: expected a point, got 5
(set-point-x! 'q 1)                     ; !! set-point-x!: expected a point, got q
(cell-ref p)                            ; !! cell-ref: expected a cell, got
(point-x (make-cell))                   ; !! point-x: expected a point, got
(make-point 1)                          ; !! make-point
(make-point 1 2 3)                      ; !! make-point
(define c (make-cell))
(let () (cell-set! c p) (write (eq? (cell-ref c) p))) ; => #t
(write (eqv? (make-cell) (make-cell)))  ; => #f
(write (vector? p))                     ; => #f

;; Types of the same name are different types
(define (fresh)
  (define-record-type point (make x) mine? (x get))
  (list mine? (make 1)))
(define one (fresh))
(define two (fresh))
(write (list ((car one) (cadr one)) ((car one) (cadr two)) (point? (cadr one)))) ; => (#t #f #f)

;; Fields may come in another order, or be left out by the constructor
(define-record-type apple (make-apple b) apple? (a apple-a set-apple-a!) (b apple-b) (c apple-c))
(write (apple-b (make-apple 2)))        ; => 2
(apple-a 1)                             ; !! apple-a: expected an apple, got 1
