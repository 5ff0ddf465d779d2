;; Section 6.10: control features.
;; stress: 10
(import (scheme base) (scheme case-lambda) (scheme char) (scheme write))

(map procedure? (list car 'car (lambda (x) (* x x)) '(lambda (x) (* x x)) (call/cc (lambda (k) k)) (make-parameter 1)))
                                        ; => (#t #f #t #f #t #t)
(call-with-current-continuation procedure?) ; => #t
(apply + (list 3 4))                    ; => 7
(define compose (lambda (f g) (lambda args (f (apply g args)))))
((compose square *) 12 75)              ; => 810000
(apply + 1 2 '())                       ; => 3
(apply list 1 '(2 . 3))                 ; !! apply
(apply list 1 2)                        ; !! apply
(apply car '(1 2))                      ; !! argument
(apply 5 '())                           ; !! 5
(apply)                                 ; !! argument

;; map, for-each and their likes
(map cadr '((a b) (d e) (g h)))         ; => (b e h)
(map (lambda (n) (expt n n)) '(1 2 3 4 5)) ; => (1 4 27 256 3125)
(map + '(1 2 3) '(4 5 6))               ; => (5 7 9)
(let ((count 0)) (length (map (lambda (ignored) (set! count (+ count 1)) count) '(a b)))) ; => 2
(map + '(1 2 3) '(10 20))               ; => (11 22)
(map + '#0=(1 2 . #0#) '(10 20 30))     ; => (11 22 31)
(map (lambda (x) x) 5)                  ; !! map
(map)                                   ; !! argument
(map car)                               ; !! argument
(string-map char-foldcase "AbdEgH")     ; => "abdegh"
(string-map (lambda (c) (integer->char (+ 1 (char->integer c)))) "HAL") ; => "IBM"
(string-map (lambda (c k) ((if (eqv? k #\u) char-upcase char-downcase) c)) "studlycaps xxx" "ululululul") ; => "StUdLyCaPs"
(string-map (lambda (c) 1) "a")         ; !! string-map
(string-map char-upcase 5)              ; !! string-map
(string-map char-upcase "")             ; => ""
(vector-map cadr '#((a b) (d e) (g h))) ; => #(b e h)
(vector-map (lambda (n) (expt n n)) #(1 2 3 4 5)) ; => #(1 4 27 256 3125)
(vector-map * #(1 2) #(10 20 30))       ; => #(10 40)
(vector-map car '(1))                   ; !! vector-map: expected a vector as argument 2, got (1)
(vector-map list #(1) '(1))             ; !! vector-map: expected a vector as argument 3
(vector-for-each list #(1) #(1) '(1))   ; !! vector-for-each: expected a vector as argument 4
(string-for-each list "a" '(1))         ; !! string-for-each: expected a string as argument 3
(let ((v (make-vector 5))) (for-each (lambda (i) (vector-set! v i (* i i))) '(0 1 2 3 4)) v) ; => #(0 1 4 9 16)
(let ((v '())) (for-each (lambda (a b) (set! v (cons (+ a b) v))) '(1 2 3) '(10 20)) v) ; => (22 11)
(let ((v '())) (string-for-each (lambda (c) (set! v (cons (char->integer c) v))) "abcde") v) ; => (101 100 99 98 97)
(let ((v '())) (string-for-each (lambda (a b) (set! v (cons (list a b) v))) "abc" "xy") v) ; => ((#\b #\y) (#\a #\x))
(let ((v (make-list 5))) (vector-for-each (lambda (i) (list-set! v i (* i i))) #(0 1 2 3 4)) v) ; => (0 1 4 9 16)
(let ((v '())) (vector-for-each (lambda (a b) (set! v (cons (* a b) v))) #(1 2 3) #(4 5)) v) ; => (10 4)
;; A continuation captured in map, entered again, changes no list that was returned before
(let ((k #f) (n 0) (results '()))
  (let ((r (map (lambda (x) (call/cc (lambda (c) (if (= x 2) (set! k c)) x))) '(1 2 3))))
    (set! results (cons r results))
    (set! n (+ n 1))
    (if (< n 3) (k (* n 10)) (reverse results)))) ; => ((1 2 3) (1 10 3) (1 20 3))
(let ((k #f) (n 0) (results '()))
  (let ((r (vector-map (lambda (x) (call/cc (lambda (c) (if (= x 2) (set! k c)) x))) #(1 2 3))))
    (set! results (cons r results))
    (set! n (+ n 1))
    (if (< n 3) (k (* n 10)) (reverse results)))) ; => (#(1 2 3) #(1 10 3) #(1 20 3))
(let ((k #f) (n 0) (results '()))
  (let ((r (string-map (lambda (x) (call/cc (lambda (c) (if (eqv? x #\b) (set! k c)) x))) "abc")))
    (set! results (cons r results))
    (set! n (+ n 1))
    (if (< n 2) (k #\z) (reverse results)))) ; => ("abc" "azc")

;; call/cc
(call-with-current-continuation (lambda (exit) (for-each (lambda (x) (if (negative? x) (exit x))) '(54 0 37 -3 245 19)) #t)) ; => -3
(define list-length
  (lambda (obj)
    (call-with-current-continuation
     (lambda (return)
       (letrec ((r (lambda (obj) (cond ((null? obj) 0) ((pair? obj) (+ (r (cdr obj)) 1)) (else (return #f)))))) (r obj))))))
(list-length '(1 2 3 4))                ; => 4
(list-length '(a b . c))                ; => #f
(call/cc 5)                             ; !! 5
(call/cc (lambda () 1))                 ; !! argument
(+ 1 (call/cc (lambda (k) (+ 10 (k 1))))) ; => 2
(call-with-values (lambda () (call/cc (lambda (k) (k 1 2 3)))) list) ; => (1 2 3)
(let () (call/cc (lambda (k) (k))) 1)   ; => 1
(let () (call/cc (lambda (k) (k 1 2 3))) 1) ; => 1
(let ((x (call/cc (lambda (k) k)))) (if (procedure? x) (x 5) x)) ; => 5

;; values
(call-with-values (lambda () (values 4 5)) (lambda (a b) b)) ; => 5
(call-with-values * -)                  ; => -1
(call-with-values (lambda () 1) list)   ; => (1)
(call-with-values (lambda () (values 1 2)) (lambda (a) a)) ; !! wrong number of values: expected 1, got 2
(call-with-values 5 list)               ; !! 5
(values 1)                              ; => 1
(call-with-values values list)          ; => ()
(apply call-with-values (list (lambda () (apply values '(1 2))) +)) ; => 3
(+ 1 (values 2 3))                      ; !!
(let () (values 1 2) 3)                 ; => 3
(begin (values) (values 1 2) 'last)

;; dynamic-wind
(let ((path '()) (c #f))
  (let ((add (lambda (s) (set! path (cons s path)))))
    (dynamic-wind
      (lambda () (add 'connect))
      (lambda () (add (call-with-current-continuation (lambda (c0) (set! c c0) 'talk1))))
      (lambda () (add 'disconnect)))
    (if (< (length path) 4) (c 'talk2) (reverse path)))) ; => (connect talk1 disconnect connect talk2 disconnect)
(let ((log '()))
  (define (note x) (set! log (cons x log)))
  (call/cc (lambda (k)
    (dynamic-wind (lambda () (note 'in1))
      (lambda () (dynamic-wind (lambda () (note 'in2)) (lambda () (k 1)) (lambda () (note 'out2))))
      (lambda () (note 'out1)))))
  (reverse log))                        ; => (in1 in2 out2 out1)
;; A jump out of an after thunk runs the outer ones
(let ((log '()))
  (define (note x) (set! log (cons x log)))
  (call/cc (lambda (k)
    (dynamic-wind (lambda () #f)
      (lambda () (dynamic-wind (lambda () #f) (lambda () 1) (lambda () (note 'inner) (k 1))))
      (lambda () (note 'outer)))))
  (reverse log))                        ; => (inner outer)
;; A jump from one extent to a sibling passes their common point
(let ((log '()) (k1 #f) (n 0))
  (define (note x) (set! log (cons x log)))
  (dynamic-wind (lambda () (note 'in0))
    (lambda ()
      (dynamic-wind (lambda () (note 'in1)) (lambda () (call/cc (lambda (k) (set! k1 k)))) (lambda () (note 'out1)))
      (set! n (+ n 1))
      (if (< n 2)
          (dynamic-wind (lambda () (note 'in2)) (lambda () (k1 1)) (lambda () (note 'out2)))))
    (lambda () (note 'out0)))
  (reverse log))                        ; => (in0 in1 out1 in2 out2 in1 out1 out0)
(call-with-values (lambda () (dynamic-wind (lambda () 1) (lambda () (values 1 2)) (lambda () (values 3 4)))) list) ; => (1 2)
(let ((p (make-parameter 1)) (seen '()))
  (parameterize ((p 2)) (dynamic-wind (lambda () (set! seen (cons (p) seen))) (lambda () (parameterize ((p 3)) (p))) (lambda () (set! seen (cons (p) seen)))))
  seen)                                 ; => (2 2)
(dynamic-wind 1 2 3)                    ; !!

;; 3.5 Proper tail recursion: none of these may need room
(define n 10000)
(define (countdown i) (cond ((= i 0) 'done) (else (countdown (- i 1)))))
(countdown n)                           ; => done
(define (by-apply i) (if (= i 0) 'done (apply by-apply (list (- i 1)))))
(by-apply n)                            ; => done
(define (by-values i) (if (= i 0) 'done (call-with-values (lambda () (- i 1)) by-values)))
(by-values n)                           ; => done
(define (by-call/cc i) (if (= i 0) 'done (call/cc (lambda (k) (by-call/cc (- i 1))))))
(by-call/cc n)                          ; => done
(define (by-case i) (case i ((0) 'done) (else => (lambda (i) (by-case (- i 1))))))
(by-case n)                             ; => done
(define (by-and i) (and #t (or #f (when #t (unless #f (if (= i 0) 'done (by-and (- i 1))))))))
(by-and n)                              ; => done
(define (by-do i) (do () (#t (if (= i 0) 'done (by-do (- i 1))))))
(by-do n)                               ; => done
(define by-case-lambda (case-lambda ((i) (by-case-lambda i 1)) ((i step) (if (= i 0) 'done (by-case-lambda (- i step))))))
(define (by-cond i) (cond ((= i 0) 'done) ((- i 1) => by-cond)))
(by-cond n)                             ; => done
(define (by-guard i) (guard (e (#t (if (= i 0) 'done (by-guard (- i 1))))) (raise 1)))
(by-guard 5000)                         ; => done

;; Arguments of the wrong kind, and lists of unequal length
(map procedure? (list map values call/cc dynamic-wind (lambda () 1) 'map "map" 5)) ; => (#t #t #t #t #t #f #f #f)
(apply list '())                        ; => ()
(apply list 1 2 '(3 4))                 ; => (1 2 3 4)
(apply apply (list list 1 '(2)))        ; => (1 2)
(apply + '(1 . (2)))                    ; => 3
(apply list 5)                          ; !! apply
(apply list '(1 2 . 3))                 ; !! apply
(apply 'car '((1)))                     ; !! car
(map)                                   ; !! argument
(for-each)                              ; !! argument
(for-each car)                          ; !! argument
(string-map)                            ; !! argument
(string-map char-upcase)                ; !! argument
(string-for-each char-upcase)           ; !! argument
(vector-map)                            ; !! argument
(vector-map car)                        ; !! argument
(vector-for-each car)                   ; !! argument
(map 5 '(1))                            ; !! 5
(map car 5)                             ; !! map
(map car '(1))                          ; !! car
(map car '((1) . 2))                    ; !! map
(for-each car 5)                        ; !! for-each
(for-each car '((1) . 2))               ; !! for-each
(vector-for-each car 5)                 ; !! vector-for-each
(string-for-each car 5)                 ; !! string-for-each
(string-map char-upcase "a" 5)          ; !! string-map
(string-map (lambda (c) "a") "a")       ; !! string-map
(map + '() '(1))                        ; => ()
(map + '(1 2) '(1 2 3) '(1))            ; => (3)
(map list '(1 2) '(a b) '(x y))         ; => ((1 a x) (2 b y))
(vector-map list #(1 2) #(a b c) #(x))  ; => #((1 a x))
(vector-map + #())                      ; => #()
(string-map (lambda (a b c) (if (char<? a b) c a)) "abc" "bbb" "xyz") ; => "xbc"
(string-map char-upcase "λ")            ; => "Λ"
(let ((n 0)) (for-each (lambda (a b c) (set! n (+ n (* a b c)))) '(1 2) '(3 4) '(5 6)) n) ; => 63
(let ((n 0)) (vector-for-each (lambda (a b c) (set! n (+ n (* a b c)))) #(1 2) #(3 4) #(5)) n) ; => 15
(let ((l '())) (string-for-each (lambda (a b c) (set! l (cons (string a b c) l))) "ab" "cd" "ef") l) ; => ("bdf" "ace")
(for-each + '#0=(1 . #0#) '(1 2))
;; for-each goes from the first to the last
(let ((l '())) (for-each (lambda (x) (set! l (cons x l))) '(1 2 3)) l) ; => (3 2 1)

;; Entering again through every procedure that calls another: earlier results stay as they were
(define (twice-through run)
  (let ((k #f) (n 0) (results '()))
    (let ((result (run (lambda (x) (call/cc (lambda (c) (if (memv x '(2 #\b)) (set! k c)) x))))))
      (set! n (+ n 1))
      (set! results (cons result results))
      (if (= n 1) (k (if (string? result) #\z 20)) (reverse results)))))
(twice-through (lambda (f) (map f '(1 2 3)))) ; => ((1 2 3) (1 20 3))
(twice-through (lambda (f) (map (lambda (a b) (f a)) '(1 2 3) '(4 5 6)))) ; => ((1 2 3) (1 20 3))
(twice-through (lambda (f) (map (lambda (a b c) (f a)) '(1 2 3) '(4 5 6) '(7 8 9)))) ; => ((1 2 3) (1 20 3))
(twice-through (lambda (f) (vector-map f #(1 2 3)))) ; => (#(1 2 3) #(1 20 3))
(twice-through (lambda (f) (vector-map (lambda (a b) (f a)) #(1 2 3) #(1 2 3)))) ; => (#(1 2 3) #(1 20 3))
(twice-through (lambda (f) (vector-map (lambda (a b c) (f a)) #(1 2 3) #(1 2 3) #(1 2 3)))) ; => (#(1 2 3) #(1 20 3))
(twice-through (lambda (f) (string-map f "abc"))) ; => ("abc" "azc")
(twice-through (lambda (f) (string-map (lambda (a b) (f a)) "abc" "abc"))) ; => ("abc" "azc")
(twice-through (lambda (f) (let ((l '())) (for-each (lambda (x) (let ((y (f x))) (set! l (cons y l)))) '(1 2 3)) (reverse l)))) ; => ((1 2 3) (1 2 3 20 3))
(twice-through (lambda (f) (let ((l '())) (vector-for-each (lambda (x) (let ((y (f x))) (set! l (cons y l)))) #(1 2 3)) (length l)))) ; => (3 5)
(twice-through (lambda (f) (let ((l '())) (string-for-each (lambda (x) (let ((y (f x))) (set! l (cons y l)))) "abc") (length l)))) ; => (3 5)
(twice-through (lambda (f) (apply (lambda args (map f args)) '(1 2 3)))) ; => ((1 2 3) (1 20 3))
(twice-through (lambda (f) (call-with-values (lambda () (values 1 (f 2))) list))) ; => ((1 2) (1 20))
(twice-through (lambda (f) (call-with-values (lambda () (values 1 2)) (lambda (a b) (list a (f b)))))) ; => ((1 2) (1 20))
(twice-through (lambda (f) (member 2 '(1 2 20) (lambda (a b) (= a (f b)))))) ; => ((2 20) #f)
(twice-through (lambda (f) (assoc 2 '((1 . a) (2 . b) (3 . c)) (lambda (a b) (= a (f b)))))) ; => ((2 . b) #f)
(twice-through (lambda (f) (dynamic-wind (lambda () #f) (lambda () (list (f 2))) (lambda () #f)))) ; => ((2) (20))
(twice-through (lambda (f) (let ((p (make-parameter 0))) (parameterize ((p (f 2))) (list (p)))))) ; => ((2) (20))
(twice-through (lambda (f) (let ((p (make-parameter 0 f))) (parameterize ((p 2)) (list (p)))))) ; => ((2) (20))
(twice-through (lambda (f) (with-exception-handler (lambda (e) (f e)) (lambda () (list (raise-continuable 2)))))) ; => ((2) (20))
(twice-through (lambda (f) (guard (e (#t (list (f e)))) (raise 2)))) ; => ((2) (20))
(twice-through (lambda (f) (guard (e (#t 'raised)) (list (f 2))))) ; => ((2) (20))
(twice-through (lambda (f) (call-with-port (open-input-string "x") (lambda (p) (list (f 2)))))) ; => ((2) (20))
(twice-through (lambda (f) (let-values (((a b) (values 1 (f 2)))) (list a b)))) ; => ((1 2) (1 20))
(twice-through (lambda (f) (let loop ((i 1) (l '())) (if (> i 3) (reverse l) (loop (+ i 1) (cons (f i) l)))))) ; => ((1 2 3) (1 20 3))
(twice-through (lambda (f) (list 1 (f 2) 3))) ; => ((1 2 3) (1 20 3))
(twice-through (lambda (f) (vector 1 (f 2) 3))) ; => (#(1 2 3) #(1 20 3))
(twice-through (lambda (f) `(1 ,(f 2) ,@(list 3)))) ; => ((1 2 3) (1 20 3))
(twice-through (lambda (f) (letrec ((a (f 2)) (b 3)) (list a b)))) ; => ((2 3) (20 3))
(twice-through (lambda (f) (define a (f 2)) (define b (+ a 1)) (list a b))) ; => ((2 3) (20 21))
(twice-through (lambda (f) (define-values (a b) (values (f 2) 3)) (list a b))) ; => ((2 3) (20 3))
(twice-through (lambda (f) (do ((i 1 (+ i 1)) (l '() (cons (f i) l))) ((> i 3) (reverse l))))) ; => ((1 2 3) (1 20 3))
(twice-through (lambda (f) (case (f 2) ((2) '(two)) ((20) '(twenty)) (else '(other))))) ; => ((two) (twenty))
(twice-through (lambda (f) (cond ((assv (f 2) '((2 . two) (20 . twenty))) => list)))) ; => (((2 . two)) ((20 . twenty)))

;; call/cc
(call/cc (lambda (k) (dynamic-wind (lambda () #f) (lambda () (k 'out)) (lambda () #f)))) ; => out
(let ((r (call/cc (lambda (k) (map (lambda (x) (if (= x 2) (k (list 'found x)) x)) '(1 2 3)))))) r) ; => (found 2)
(+ 1 (call/cc (lambda (k) (call/cc (lambda (j) (k 1))) 100))) ; => 2
(let ((k (call/cc (lambda (c) c)))) (if (number? k) k (k 5))) ; => 5
(call-with-values (lambda () (call/cc (lambda (k) (k)))) list) ; => ()
(call-with-values (lambda () (call/cc (lambda (k) (apply k '(1 2))))) list) ; => (1 2)
(procedure? (call/cc call/cc))          ; => #t
(call/cc)                               ; !! argument
(call-with-current-continuation 5)      ; !! 5
(let ((n 0)) (call/cc (lambda (k) (for-each (lambda (x) (set! n (+ n x)) (if (> n 3) (k #f))) '(1 2 3 4)))) n) ; => 6

;; values
(call-with-values (lambda () (values)) list) ; => ()
(call-with-values (lambda () (values 1)) list) ; => (1)
(call-with-values + list)               ; => (0)
(call-with-values (lambda () (values 1 2)) cons) ; => (1 . 2)
(call-with-values (lambda () (values 1 2)) car) ; !! argument
(call-with-values (lambda (x) x) list)  ; !! argument
(call-with-values)                      ; !! argument
(let ((x (values 1))) x)                ; => 1
(list (begin (values 1 2) 3))           ; => (3)
(apply values '(1))                     ; => 1

;; dynamic-wind
(dynamic-wind (lambda () 1) (lambda () 2) (lambda () 3)) ; => 2
(dynamic-wind 1 (lambda () 2) (lambda () 3)) ; !! 1
(dynamic-wind (lambda () 1) 2 (lambda () 3)) ; !! 2
(dynamic-wind (lambda (x) 1) (lambda () 2) (lambda () 3)) ; !! argument
(dynamic-wind (lambda () 1))            ; !! argument
(define (trace run)
  (let ((log '())) (run (lambda (x) (set! log (cons x log)))) (reverse log)))
;; An error in the before thunk: the after thunk is not called
(trace (lambda (note) (guard (e (#t (note e))) (dynamic-wind (lambda () (note 'in) (raise 'before)) (lambda () (note 'body)) (lambda () (note 'out)))))) ; => (in before)
(trace (lambda (note) (guard (e (#t (note e))) (dynamic-wind (lambda () (note 'in)) (lambda () (raise 'body)) (lambda () (note 'out)))))) ; => (in out body)
(trace (lambda (note) (guard (e (#t (note e))) (dynamic-wind (lambda () (note 'in)) (lambda () (note 'body)) (lambda () (note 'out) (raise 'after)))))) ; => (in body out after)
(trace (lambda (note) (call/cc (lambda (k) (dynamic-wind (lambda () (k #f)) (lambda () (note 'body)) (lambda () (note 'out))))))) ; => ()
(trace (lambda (note)
  (let ((k #f) (n 0))
    (dynamic-wind (lambda () (note 'in)) (lambda () (call/cc (lambda (c) (set! k c))) (note n)) (lambda () (note 'out)))
    (set! n (+ n 1))
    (if (< n 3) (k #f)))))              ; => (in 0 out in 1 out in 2 out)
(trace (lambda (note)
  (let ((k #f) (n 0))
    (dynamic-wind (lambda () (note 'in1))
      (lambda () (dynamic-wind (lambda () (note 'in2)) (lambda () (call/cc (lambda (c) (set! k c)))) (lambda () (note 'out2))))
      (lambda () (note 'out1)))
    (set! n (+ n 1))
    (if (< n 2) (k #f)))))              ; => (in1 in2 out2 out1 in1 in2 out2 out1)
;; A handler runs inside, a guard's clauses outside
(trace (lambda (note) (with-exception-handler (lambda (e) (note e)) (lambda () (dynamic-wind (lambda () (note 'in)) (lambda () (raise-continuable 'e)) (lambda () (note 'out))))))) ; => (in e out)
;; parameterize and dynamic-wind
(let ((p (make-parameter 1))) (trace (lambda (note) (parameterize ((p 2)) (dynamic-wind (lambda () (note (p))) (lambda () (parameterize ((p 3)) (note (p)))) (lambda () (note (p)))))))) ; => (2 3 2)
(let ((p (make-parameter 1)) (k #f) (n 0))
  (trace (lambda (note)
    (parameterize ((p 2)) (call/cc (lambda (c) (set! k c))) (note (p)) (p))
    (note (p))
    (set! n (+ n 1))
    (if (< n 2) (parameterize ((p 5)) (note (p)) (k #f)))))) ; => (2 1 5 2 1)
