;;; Loops that begin with a comparison end in it too, for numbers and lists of all kinds.
; stress: 1000
(import (scheme base) (scheme write))

;; How many rounds until the comparison holds, or no longer holds; nine at most. The last two
;; compare by way of a call, which no loop ends in.
(define (apart compare a b) (apply compare (list a b)))
(define-syntax rounds
  (syntax-rules ()
    ((_ compare from step to)
     (list
      (let loop ((i from) (n 0))
        (if (compare i to) n (if (= n 9) 9 (loop (+ i step) (+ n 1)))))
      (let loop ((i from) (n 0))
        (if (compare i to) (if (= n 9) 9 (loop (+ i step) (+ n 1))) n))))))
(define-syntax rounds-apart
  (syntax-rules ()
    ((_ compare from step to)
     (list
      (let loop ((i from) (n 0))
        (if (apart compare i to) n (if (= n 9) 9 (loop (+ i step) (+ n 1)))))
      (let loop ((i from) (n 0))
        (if (apart compare i to) (if (= n 9) 9 (loop (+ i step) (+ n 1))) n))))))
(define-syntax same-rounds?
  (syntax-rules ()
    ((_ compare from step to)
     (equal? (rounds compare from step to) (rounds-apart compare from step to)))))
(define (agree? from step to)
  (and (same-rounds? < from step to) (same-rounds? <= from step to)
       (same-rounds? = from step to) (same-rounds? >= from step to)
       (same-rounds? > from step to)))
(define (agree-with-3? from step)    ; a constant in the instruction
  (and (same-rounds? < from step 3) (same-rounds? <= from step 3)
       (same-rounds? = from step 3) (same-rounds? >= from step 3)
       (same-rounds? > from step 3)))

(define most 2305843009213693951)    ; the largest fixnum
(define ends
  (list -2 3 3.0 -0.0 +nan.0 5/2 most (+ most 4) 1e300))
(define steps (list 1 -1 1.0 -0.5 1/2 most 1e299))
(define (every? f list) (or (null? list) (and (f (car list)) (every? f (cdr list)))))
(every? (lambda (from)
          (every? (lambda (step) (every? (lambda (to) (agree? from step to)) ends)) steps))
        ends)                                                                  ; => #t
(every? (lambda (from) (every? (lambda (step) (agree-with-3? from step)) steps)) ends)   ; => #t

(define (count-up to) (let loop ((i 0)) (if (< i to) (loop (+ i 1)) i)))
(count-up 5)       ; => 5
(count-up 4.5)     ; => 5
(count-up 'a)      ; !! <: expected a real number as argument 2, got a
(define (count-past list)   ; the wrong one comes in a later round
  (let loop ((i 0) (rest list)) (if (> (car rest) i) (loop (+ i 1) (cdr rest)) i)))
(count-past '(1 2 3 0))     ; => 3
(count-past '(1 2 x 0))     ; !! >: expected a real number as argument 1, got x
(define (drop-to x list)
  (let loop ((y x) (rest list)) (if (>= y 0) (loop (car rest) (cdr rest)) rest)))
(drop-to 1 '(2 3 -1 4))     ; => (4)
(drop-to 1 '(2 y 3))        ; !! >=: expected a real number as argument 1, got y

;; Lists
(define (count-null list) (let loop ((l list) (n 0)) (if (null? l) n (loop (cdr l) (+ n 1)))))
(define (count-pairs list) (let loop ((l list) (n 0)) (if (pair? l) (loop (cdr l) (+ n 1)) n)))
(define (until-pair l) (let loop ((l l) (n 0)) (if (not (pair? l)) (loop (cons n l) (+ n 1)) l)))
(define (while-null l) (let loop ((l l) (n 0)) (if (null? l) (loop n (+ n 1)) (list l n))))
(count-null '(1 2 3))       ; => 3
(count-null '(1 2 . 3))     ; !! cdr: expected a pair as argument 1, got 3
(count-pairs '(1 2 . 3))    ; => 2
(until-pair 5)              ; => (0 . 5)
(while-null '())            ; => (0 1)

;; What a round allocates is kept where the loop goes on with it.
(define (build n) (let loop ((i 0) (l '())) (if (= i n) l (loop (+ i 1) (cons (list i) l)))))
(let ((l (build 20000))) (list (length l) (car l) (car (list-tail l 19999))))
; => (20000 (19999) (0))
(define (refill l n)
  (let loop ((rest l) (made '()))
    (if (pair? rest) (loop (cdr rest) (cons (vector (car rest) n) made)) made)))
(vector-ref (car (refill (build 20000) 'x)) 0)   ; => (0)
