;; Pairs and lists: the procedures of section 6.4 that call nothing back.
(import (scheme base) (scheme cxr) (scheme write))

;; Pairs
(write (pair? '(a . b)))                ; => #t
(write (pair? '()))                     ; => #f
(write (pair? '#(a b)))                 ; => #f
(write (cons 'a '()))                   ; => (a)
(write (cons '(a) '(b c d)))            ; => ((a) b c d)
(write (cons "a" '(b c)))               ; => ("a" b c)
(write (cons 'a 3))                     ; => (a . 3)
(write (car '((a) b c d)))              ; => (a)
(write (cdr '(1 . 2)))                  ; => 2
(car '())                               ; !! car: expected a pair as argument 1, got ()
(cdr 5)                                 ; !! cdr: expected a pair as argument 1, got 5

;; Assignment: literals are constants
(define p (list 1 2 3))
(let () (set-car! p 'x) (write p))       ; => (x 2 3)
(let () (set-cdr! p '(y)) (write p))     ; => (x y)
(set-car! '(1 2) 3)                     ; !! set-car!
(set-cdr! '(1 2) 3)                     ; !! literal
(set-car! 5 3)                          ; !! set-car!: expected a pair as argument 1, got 5

;; Compositions
(define tree '(((1 . 2) . (3 . 4)) . ((5 . 6) . (7 . 8))))
(write (list (caaar tree) (cdaar tree) (cadar tree) (cddar tree)))      ; => (1 2 3 4)
(write (list (caadr tree) (cdadr tree) (caddr tree) (cdddr tree)))      ; => (5 6 7 8)
(write (list (caar tree) (cdar tree)))  ; => ((1 . 2) (3 . 4))
(write (list (cadr tree) (cddr tree)))  ; => ((5 . 6) (7 . 8))
(write (cadddr '(1 2 3 4 5)))           ; => 4
(write (cddddr '(1 2 3 4 5)))           ; => (5)
(write (caaaar '((((x))))))             ; => x
(write (cdaddr '(1 2 (3 4))))           ; => (4)
(caddr '(1 2))                          ; !! caddr: expected a pair with a caddr as argument 1, got (1 2)
(cadr 5)                                ; !! cadr

;; Lists
(write (list? '(a b c)))                ; => #t
(write (list? '()))                     ; => #t
(write (list? '(a . b)))                ; => #f
(write (let ((x (list 'a))) (set-cdr! x x) (list? x)))                  ; => #f
(write (let ((x (list 'a 'b 'c))) (set-cdr! (cddr x) (cdr x)) (list? x))) ; => #f
(write (make-list 2 3))                 ; => (3 3)
(write (make-list 0))                   ; => ()
(write (length (make-list 100000)))     ; => 100000
(make-list -1)                          ; !! make-list: expected an exact nonnegative integer as argument 1, got -1
(make-list 'a)                          ; !! make-list
(make-list 1000000000000)               ; !! make-list
(write (list 'a (+ 3 4) 'c))            ; => (a 7 c)
(write (list))                          ; => ()
(write (length '(a (b) (c d e))))       ; => 3
(write (length '()))                    ; => 0
(length '(1 2 . 3))                     ; !! length: expected a proper list as argument 1, got (1 2 . 3)
(let ((x (list 1 2 3))) (set-cdr! (cddr x) x) (length x)) ; !! length: expected a proper list

(write (append '(x) '(y)))              ; => (x y)
(write (append '(a) '(b c d)))          ; => (a b c d)
(write (append '(a (b)) '((c))))        ; => (a (b) (c))
(write (append '(a b) '(c . d)))        ; => (a b c . d)
(write (append '() 'a))                 ; => a
(write (append))                        ; => ()
(write (append '() '() '(1) '() '(2)))  ; => (1 2)
(write (let ((tail '(3))) (eq? (cddr (append '(1 2) tail)) tail)))      ; => #t
(append '(1 . 2) '(3))                  ; !! append: expected a proper list as argument 1, got (1 . 2)
(append '(1) 2 '(3))                    ; !! append: expected a proper list as argument 2, got 2

(write (reverse '(a b c)))              ; => (c b a)
(write (reverse '(a (b c) d (e (f)))))  ; => ((e (f)) d (b c) a)
(reverse '(1 . 2))                      ; !! reverse
(write (list-tail '(a b c d) 2))        ; => (c d)
(write (list-tail '() 0))               ; => ()
(write (list-tail '(1 2 . 3) 2))        ; => 3
(list-tail '(a b) 3)                    ; !! list-tail: index 3 out of range for a list of length 2
(list-tail '(a b) -1)                   ; !! list-tail
(write (list-ref '(a b c d) 2))         ; => c
(list-ref '(a b) 2)                     ; !! list-ref: index 2 out of range for a list of length 2
(list-ref '(a b) 'x)                    ; !! list-ref: expected an exact nonnegative integer as argument 2, got x
(write (let ((ls (list 'one 'two 'five!))) (list-set! ls 2 'three) ls)) ; => (one two three)
(list-set! '(0 1 2) 1 "oops")           ; !! list-set!
(list-set! (list 0 1 2) 3 'x)           ; !! list-set!: index 3 out of range

(define a1 (list 1 8 2 8))
(define a2 (list-copy a1))
(let () (list-set! a2 2 4) (write (list a1 a2)))                         ; => ((1 8 2 8) (1 8 4 8))
(write (list-copy 5))                   ; => 5
(write (list-copy '(1 2 . 3)))          ; => (1 2 . 3)
(let () (set-car! (list-copy '(1 2)) 3) (write 'ok))                     ; => ok
(let ((x (list 1 2))) (set-cdr! (cdr x) x) (list-copy x))               ; !! list-copy

;; Searching
(write (memq 'c '(a b c d e)))          ; => (c d e)
(write (memq 'z '(a b c)))              ; => #f
(write (memq (list 'a) '(b (a) c)))     ; => #f
(write (memv 101 '(100 101 102)))       ; => (101 102)
(write (memv 1e100 '(1e99 1e100)))      ; => (1e100)
(write (memv 100000000000000000000 '(100000000000000000000)))           ; => (100000000000000000000)
(write (member (list 'a) '(b (a) c)))   ; => ((a) c)
(write (member "b" '("a" "b")))         ; => ("b")
(write (member "B" '("a" "b" "c") (lambda (x y) (string=? x (string (integer->char (- (char->integer (string-ref x 0)) 0)))))))
                                        ; => ("a" "b" "c")
(write (member 2.0 '(1 2 3) =))         ; => (2 3)
(memq 'z '(a b . c))                    ; !! memq: expected a proper list as argument 2, got (a b . c)
(let ((x (list 1 2))) (set-cdr! (cdr x) x) (memv 3 x))                  ; !! memv: expected a proper list
(define e '((a 1) (b 2) (c 3)))
(write (assq 'b e))                     ; => (b 2)
(write (assq 'd e))                     ; => #f
(write (assq (list 'a) '(((a)) ((b)) ((c)))))                           ; => #f
(write (assv 5 '((2 3) (5 7) (11 13)))) ; => (5 7)
(write (assoc (list 'a) '(((a)) ((b)) ((c)))))                          ; => ((a))
(write (assoc 2.0 '((1 1) (2 4) (3 9)) =))                              ; => (2 4)
(write (assoc 2.0 '((1 1) (2 4) (3 9))))                                ; => #f
(assq 'b '((a 1) b))                    ; !! assq: expected a proper list of pairs as argument 2

;; Argument counts
(cons 1)                                ; !! expected 2 arguments, got 1
(car)                                   ; !! expected 1 argument, got 0
(list-ref '(1))                         ; !! expected 2 arguments, got 1

;; Lists that take more room than allocation has in one place, and circular ones of some length.
(define (long-list n) (let loop ((i n) (l '())) (if (= i 0) l (loop (- i 1) (cons i l)))))
(define long (long-list 3000))
(write (equal? long (reverse (reverse long)))) ; => #t
(write (equal? long (append long '())))  ; => #t
(write (let ((both (append long long))) (list (length both) (list-ref both 2999) (list-ref both 3000)))) ; => (6000 3000 1)
(write (equal? long (vector->list (list->vector long)))) ; => #t
(write (equal? (list-copy long) long))   ; => #t
(write (let ((l (make-list 3000 'x))) (list (length l) (car l) (list-ref l 2999)))) ; => (3000 x x)
(write (list-copy '(1 2 . 3)))           ; => (1 2 . 3)
(write (equal? (string->list (list->string (map (lambda (i) (integer->char (+ 32 (modulo i 90)))) long)))
               (map (lambda (i) (integer->char (+ 32 (modulo i 90)))) long))) ; => #t
(write (apply + long))                   ; => 4501500
(define (in-circle n) (let ((l (long-list n))) (set-cdr! (list-tail l (- n 1)) l) l))
(write (map (lambda (n) (car (memq n (in-circle n)))) '(1 2 63 64 65 1000))) ; => (1 2 63 64 65 1000)
(for-each (lambda (n) (write (guard (e (#t 'refused)) (memq 'x (in-circle n))))) '(1 2 63 64 65 127 1000))
; => refusedrefusedrefusedrefusedrefusedrefusedrefused
(define (entries-in-circle n) (let ((l (map list (long-list n)))) (set-cdr! (list-tail l (- n 1)) l) l))
(for-each (lambda (n) (write (guard (e (#t 'refused)) (assq 'x (entries-in-circle n))))) '(1 64 65 1000))
; => refusedrefusedrefusedrefused
(memv 'x (append long 5))                ; !! memv: expected a proper list as argument 2
(assv 'x (append (map list long) '(5)))  ; !! assv: expected a proper list of pairs as argument 2
