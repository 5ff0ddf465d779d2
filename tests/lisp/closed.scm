;;; Procedures within others: those of a form share its variables, whatever was made of these.
; stress: 100
(import (scheme base) (scheme write))

;; ---- Variables of a form ----

(define count #f)
(define reset #f)
(let ()
  (define n 0)
  (define seen '())
  (define (step x) (set! n (+ n 1)) (set! seen (cons x seen)) (if (= x 0) n (step (- x 1))))
  (define (look) (list n (length seen)))
  (set! count (lambda (x) (step x) (look)))
  (set! reset (lambda () (set! n 0) (set! seen '()))))
(write (count 3))                     ; => (4 4)
(write (count 1))                     ; => (6 6)
(reset)
(write (count 0))                     ; => (1 1)

(define next (let ((n 10)) (lambda () (set! n (+ n 1)) n)))
(write (list (next) (next)))          ; => (11 12)
(define even-length?
  (letrec ((even (lambda (l) (or (null? l) (odd (cdr l)))))
           (odd (lambda (l) (and (pair? l) (even (cdr l))))))
    (lambda (l) (even l))))
(write (map even-length? '((1 2) (1) ())))  ; => (#t #f #t)
(define total
  (let* ((size 4) (weights (make-vector size 2)) (scaled (vector-map (lambda (w) (* 3 w)) weights)))
    (lambda (x)
      (do ((i 0 (+ i 1)) (sum x (+ sum (vector-ref weights i) (vector-ref scaled i))))
          ((= i size) sum)))))
(write (total 1))                     ; => 33

;; A variable that two forms of one name bind is two.
(define (make) (let ((n 0)) (lambda () (set! n (+ n 1)) n)))
(define one (make))
(define other (make))
(write (list (one) (one) (other)))    ; => (1 2 1)

;; ---- Continuations ----

;; What a form binds behind the point that it goes back to is bound anew each time.
(define again #f)
(define made '())
(let ()
  (define before 0)
  (define at (call/cc (lambda (k) (set! again k) 0)))
  (define after 0)
  (define (add!) (set! before (+ before 1)) (set! after (+ after 1)) (list at before after))
  (set! made (cons add! made)))
(if (< (length made) 2) (again (length made)))
(write (map (lambda (add!) (add!)) (reverse made)))  ; => ((0 1 1) (1 2 1))
(write (map (lambda (add!) (add!)) (reverse made)))  ; => ((0 3 2) (1 4 2))

;; The same where a procedure of the form captures the continuation, or one that it is given.
(define (capture) (call/cc (lambda (k) (set! again k) 0)))
(set! made '())
(let ()
  (define at (capture))
  (define boxed (vector at))
  (define (bump!) (vector-set! boxed 0 (+ (vector-ref boxed 0) 10)) (vector-ref boxed 0))
  (set! made (cons bump! made)))
(if (< (length made) 2) (again (length made)))
(write (map (lambda (bump!) (bump!)) (reverse made)))  ; => (10 11)
(set! made '())
(let ((f (if (null? made) capture list)))
  (let* ((at (f)) (boxed (vector at)))
    (set! made (cons (lambda () (vector-set! boxed 0 (list (vector-ref boxed 0))) boxed) made))))
(if (< (length made) 2) (again 7))
(write (map (lambda (nest!) (nest!)) (reverse made)))  ; => (#((0)) #((7)))

;; A loop binds anew in each round.
(define procedures '())
(let loop ((i 0))
  (let ((n i))
    (set! procedures (cons (lambda () (set! n (+ n 10)) n) procedures))
    (if (< i 3) (loop (+ i 1)))))
(write (map (lambda (p) (p)) procedures))  ; => (13 12 11 10)

;; A generator that was made at the top level goes on where it stopped.
(define generate
  (let ((return #f) (resume #f) (state 0))
    (define (yield x)
      (call/cc (lambda (rest) (set! resume rest) (return x))))
    (define (run)
      (let loop ((i 0))
        (set! state (+ state 1))
        (yield (list i state))
        (loop (+ i 1))))
    (lambda ()
      (call/cc
       (lambda (k)
         (set! return k)
         (if resume (resume #f) (run)))))))
(write (generate))                    ; => (0 1)
(write (generate))                    ; => (1 2)
(write (generate))                    ; => (2 3)

;; ---- What comes too early ----

(letrec ((f (lambda () x)) (x (f))) x)  ; !! variable used before its definition: x
(let ()
  (define (show) (list first second))
  (define first 1)
  (define second (show))
  (define (later) second)
  (later))                            ; !! variable used before its definition: second
(let ()
  (define (show) value)
  (define value (if (vector? show) (show) 5))
  (define (change!) (set! value (+ value 1)) (show))
  (write (list (change!) (change!)))) ; => (6 7)

;; ---- Procedures that are only called ----

(define (walk tree a b)
  (define n 0)
  (define (both l r) (set! n (+ n 1)) (list (go l) (go r)))
  (define (go t)
    (cond ((pair? t) (both (car t) (cdr t)))
          ((null? t) a)
          (else (list b t))))
  (let ((first (go tree)))
    (list first (go '(1)) n)))
(write (walk '(1 2) 'a 'b))           ; => (((b 1) ((b 2) a)) ((b 1) a) 3)

;; Each call of the procedure around has its own.
(define (twice f) (list (f 1) (f 2)))
(define (nest depth x)
  (define (wrap y) (if (= y 0) (list depth x) (wrap (- y 1))))
  (define (deeper y) (if (= depth 0) (wrap y) (list (wrap y) (nest (- depth 1) (+ x y)))))
  (twice deeper))
(write (nest 1 5))
; => (((1 5) ((0 6) (0 6))) ((1 5) ((0 7) (0 7))))

;; Procedures that call others further out, through several levels
(define (levels a)
  (define (one x) (if (= x 0) a (+ 1 (one (- x 1)))))
  (define (two b)
    (define (three x) (if (= x 0) (+ b (one 2)) (+ 1 (three (- x 1)))))
    (+ (three 3) (three 1)))
  (+ (two 10) (two 20) (one 1)))
(write (levels 100))                  ; => 577

;; Errors in them are reported as ever: by name and position.
(define (outer a b)
  (define (inner x) (if (null? x) (car a) (+ b (inner (cdr x)))))
  (list (inner '()) (inner '(1 2))))
(write (outer '(1) 2))                ; => (1 5)
(outer 'a 2)                          ; !! car: expected a pair as argument 1, got a
(let ((f (car (list (lambda (x) (+ x 1))))))   ; what is called is in a cell, and in no closure
  (let ((g (car (list (lambda () (+ (f 41) 0))))) (h (car (list (lambda (x) (f x))))))
    (list (g) (h 1))))                ; => (42 2)
