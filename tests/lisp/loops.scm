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

;; Counting by a constant, and walking a list, are one with the comparison and the jump.
(define-syntax counts
  (syntax-rules ()
    ((_ step from to)
     (list
      (let loop ((n 0) (i from)) (if (= i to) n (if (= n 9) 9 (loop (+ n 1) (+ i step)))))
      (let loop ((n 0) (i from)) (if (apart = i to) n (if (= n 9) 9 (loop (+ n 1) (+ i step)))))
      (let loop ((n 0) (i from)) (if (= i 3) n (if (= n 9) 9 (loop (+ n 1) (+ i step)))))
      (let loop ((n 0) (i from)) (if (apart = i 3) n (if (= n 9) 9 (loop (+ n 1) (+ i step)))))
      (let loop ((n 0) (i from)) (if (= i to) n (if (= n 9) 9 (loop (+ n 1) (- i step)))))
      (let loop ((n 0) (i from)) (if (apart = i to) n (if (= n 9) 9 (loop (+ n 1) (- i step)))))))))
(define (in-pairs? list)
  (or (null? list) (and (eqv? (car list) (cadr list)) (in-pairs? (cddr list)))))
(every? (lambda (from)
          (every? (lambda (to)
                    (and (in-pairs? (counts 1 from to)) (in-pairs? (counts 2 from to))
                         (in-pairs? (counts -1 from to)) (in-pairs? (counts 32767 from to))))
                  ends))
        (cons (- most 3) (cons (- -5 most) (cons -3 ends))))        ; => #t
(define (past-fixnums) (let loop ((i (- most 2)) (n 0)) (if (= i (+ most 3)) (list i n) (loop (+ i 1) (+ n 1)))))
(past-fixnums)              ; => (2305843009213693954 5)
(define (below-fixnums) (let loop ((i (- 1 most)) (n 0)) (if (= n 4) i (loop (- i 1) (+ n 1)))))
(below-fixnums)             ; => -2305843009213693954
(define (forever i) (call/cc (lambda (out) (let loop ((i i) (n 0)) (if (> n 5) (out i)) (loop (+ i 1) (+ n 1))))))
(forever 0.5)               ; => 6.5
(forever 1/2)               ; => 13/2
(forever (- most 2))        ; => 2305843009213693955
(forever 'a)                ; !! +: expected a number as argument 1, got a
(define (down i) (let loop ((i i)) (if (= i 0) 'done (loop (- i 1)))))
(down 3)                    ; => done
(down 3.0)                  ; => done
(down "3")                  ; !! =: expected a number as argument 1, got "3"
(define (after-one i next) (let loop ((i i) (n 0)) (if (= i 7) n (loop (+ 1 (if (= n 0) i next)) (+ n 1)))))
(after-one 3 6)             ; => 2
(define (swapped i) (let loop ((n 0) (i i)) (if (= n 3) i (loop (+ n 1) (+ 1 i)))))
(swapped 1)                 ; => 4
(swapped 'b)                ; !! +: expected a number as argument 2, got b
(define (taken-off i) (let loop ((n 0) (i i)) (if (= n 3) i (loop (+ n 1) (- i 2)))))
(taken-off 'c)              ; !! -: expected a number as argument 1, got c
(define (walk-null l) (let loop ((n 0) (l l)) (if (null? l) n (loop (+ n 1) (cdr l)))))
(define (walk-pairs l) (let loop ((n 0) (l l)) (if (pair? l) (loop (+ n 1) (cdr l)) (list n l))))
(define (walk-blind l n) (let loop ((n n) (l l)) (if (= n 0) l (loop (- n 1) (cdr l)))))
(walk-null '(1 2 3))        ; => 3
(walk-null '(1 2 . 3))      ; !! cdr: expected a pair as argument 1, got 3
(walk-null 5)               ; !! cdr: expected a pair as argument 1, got 5
(walk-pairs '(1 2 . 3))     ; => (2 3)
(walk-pairs '())            ; => (0 ())
(walk-blind '(1 2 3) 2)     ; => (3)
(walk-blind '(1 2 3) 4)     ; !! cdr: expected a pair as argument 1, got ()
(define (twice l) (let loop ((l l) (n 0)) (if (pair? l) (loop (cdr l) (+ n (let inner ((l l) (m 0)) (if (null? l) m (inner (cdr l) (+ m 1)))))) n)))
(twice '(1 2 3 4))          ; => 10
