;; Control: section 6.10. Mapping, continuations, dynamic-wind, values.
(import (scheme base) (scheme write) (scheme cxr))

;; map and for-each
(write (map cadr '((a b) (d e) (g h)))) ; => (b e h)
(write (map (lambda (n) (expt n n)) '(1 2 3 4 5))) ; => (1 4 27 256 3125)
(write (map + '(1 2 3) '(4 5 6)))       ; => (5 7 9)
(write (map + '(1 2 3) '(4 5)))         ; => (5 7)
(write (map list '(1 2) '(a b) '("x" "y" "z"))) ; => ((1 a "x") (2 b "y"))
(write (map car '()))                   ; => ()
(write (let ((count 0)) (map (lambda (ignored) (set! count (+ count 1)) count) '(a b)))) ; => (1 2)
(write (let ((ring (list 1 2))) (set-cdr! (cdr ring) ring) (map + '(10 20 30) ring))) ; => (11 22 31)
(map car 5)                             ; !! map: expected a proper list as argument 2, got 5
(map car '((1) . 2))                    ; !! map: expected a proper list as argument 2
(map 5 '(1))                            ; !! 5
(write (let ((v (make-vector 5))) (for-each (lambda (i) (vector-set! v i (* i i))) '(0 1 2 3 4)) v))
                                        ; => #(0 1 4 9 16)
(write (let ((l '())) (for-each (lambda (x y z) (set! l (cons (list x y z) l))) '(1 2) '(3 4) '(5 6)) l))
                                        ; => ((2 4 6) (1 3 5))
(for-each car '(1))                     ; !! car: expected a pair as argument 1, got 1
(for-each display 'x)                   ; !! for-each: expected a proper list as argument 2, got x

;; apply and values
(write (apply + (list 3 4)))            ; => 7
(write (apply + 1 2 '(3 4)))            ; => 10
(write (apply list '()))                ; => ()
(apply + 1)                             ; !! apply
(apply + '(1 . 2))                      ; !! apply
(write (call-with-values (lambda () (values 4 5)) (lambda (a b) b))) ; => 5
(write (call-with-values * -))          ; => -1
(write (call-with-values (lambda () (values)) list)) ; => ()
(write (call-with-values (lambda () (dynamic-wind (lambda () #f) (lambda () (values 1 2)) (lambda () #f))) list))
                                        ; => (1 2)

;; Continuations
(write (call-with-current-continuation
        (lambda (exit)
          (for-each (lambda (x) (if (negative? x) (exit x))) '(54 0 37 -3 245 19))
          #t)))                         ; => -3
(write (call/cc procedure?))            ; => #t
(write (call-with-values (lambda () (call/cc (lambda (k) (k 1 2 3)))) list)) ; => (1 2 3)
(call/cc 5)                             ; !! 5
(define (list-length obj)
  (call/cc
   (lambda (return)
     (letrec ((r (lambda (obj)
                   (cond ((null? obj) 0)
                         ((pair? obj) (+ (r (cdr obj)) 1))
                         (else (return #f))))))
       (r obj)))))
(write (list (list-length '(1 2 3 4)) (list-length '(a b . c)))) ; => (4 #f)

;; A continuation captured inside map can be entered again: earlier results stay as they were
(write
 (let ((k #f) (count 0) (results '()))
   (let ((result (map (lambda (x) (call/cc (lambda (c) (if (= x 2) (set! k c)) x))) '(1 2 3))))
     (set! results (cons result results))
     (set! count (+ count 1))
     (if (< count 3) (k (* count 10)))
     (reverse results))))               ; => ((1 2 3) (1 10 3) (1 20 3))
(write
 (let ((k #f) (count 0) (results '()))
   (let ((result (vector-map (lambda (x) (call/cc (lambda (c) (if (= x 2) (set! k c)) x))) #(1 2 3))))
     (set! results (cons result results))
     (set! count (+ count 1))
     (if (< count 3) (k (* count 10)))
     (reverse results))))               ; => (#(1 2 3) #(1 10 3) #(1 20 3))

;; Generators: control goes back and forth
(define (tree->generator tree)
  (define caller #f)
  (define (loop tree)
    (cond ((null? tree) 'skip)
          ((pair? tree) (loop (car tree)) (loop (cdr tree)))
          (else
           (call/cc (lambda (rest)
                      (set! resume (lambda () (rest 'go)))
                      (caller tree))))))
  (define resume
    (lambda () (loop tree) (caller '*eof*)))
  (lambda ()
    (call/cc (lambda (k) (set! caller k) (resume)))))
(define (same-fringe? a b)
  (let ((a (tree->generator a)) (b (tree->generator b)))
    (let loop ()
      (let ((x (a)) (y (b)))
        (cond ((not (eqv? x y)) #f)
              ((eq? x '*eof*) #t)
              (else (loop)))))))
(write (same-fringe? '(1 (2 3)) '((1 2) 3))) ; => #t
(write (same-fringe? '(1 (2 3)) '((1 2) 4))) ; => #f

;; dynamic-wind
(define path '())
(define (note step) (set! path (cons step path)))
(define (walked) (let ((steps (reverse path))) (set! path '()) steps))
(write (dynamic-wind (lambda () (note 'in)) (lambda () (note 'body) 'value) (lambda () (note 'out)))) ; => value
(write (walked))                        ; => (in body out)
(write (let ((c #f))
         (dynamic-wind (lambda () (note 'connect))
                       (lambda () (note (call/cc (lambda (c0) (set! c c0) 'talk1))))
                       (lambda () (note 'disconnect)))
         (if (< (length path) 4) (c 'talk2) (walked))))
                                        ; => (connect talk1 disconnect connect talk2 disconnect)
(define (wound name thunk)
  (dynamic-wind (lambda () (note (list 'in name))) thunk (lambda () (note (list 'out name)))))
;; Leaving two levels and entering two others runs both ways, innermost out first
(write (let ((inside #f) (again #t))
         (wound 'a (lambda () (wound 'b (lambda () (call/cc (lambda (k) (set! inside k)))))))
         (if again
             (begin
               (set! again #f)
               (walked)
               (wound 'c (lambda () (wound 'd (lambda () (inside #f)))))))
         (walked)))                     ; => ((in c) (in d) (out d) (out c) (in a) (in b) (out b) (out a))
(write (call/cc (lambda (k) (wound 'e (lambda () (wound 'f (lambda () (k 'left)))))))) ; => left
(write (walked))                        ; => ((in e) (in f) (out f) (out e))
;; A continuation called within the same extent runs nothing
(wound 'g (lambda () (call/cc (lambda (k) (k 1)))))
(write (walked))                        ; => ((in g) (out g))
;; A jump out of an after thunk leaves the others to it
(write (call/cc (lambda (k) (dynamic-wind (lambda () #f) (lambda () 'thunk) (lambda () (k 'after)))))) ; => after
(wound 'h (lambda () (car 5)))          ; !! car
(write (walked))                        ; => ((in h) (out h))

;; A variable that an initialisation may use before its own is made is looked at when it is used.
(write (letrec ((a b) (b 1)) a))        ; !! variable used before its definition: b
(write (letrec* ((a (f)) (f (lambda () b)) (b 1)) a)) ; !! variable used before its definition: b
(write (letrec* ((z (f)) (a (f)) (f (lambda () (if #f b c))) (c 2) (b 1)) a)) ; !! variable used before its definition: c
(write (letrec* ((a (lambda () b)) (b 1)) (a))) ; => 1
(write (letrec* ((a (list (lambda () b))) (b 1)) ((car a)))) ; => 1
(write (letrec* ((f (lambda () (if #f b 3))) (a (f)) (b 1)) (list a b))) ; => (3 1)
