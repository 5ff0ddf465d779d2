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
(call-with-values (lambda () (values 1 2)) (lambda (a) a)) ; !! argument
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
