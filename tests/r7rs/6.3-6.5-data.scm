;; Sections 6.3 booleans, 6.4 pairs and lists, 6.5 symbols.
(import (scheme base) (scheme cxr) (scheme write))

;; 6.3
(list #t #f '#f #true #false)           ; => (#t #f #f #t #f)
(map not (list 3 (list 3) #f '() (list) 'nil 0 "")) ; => (#f #f #t #f #f #f #f #f)
(not)                                   ; !! argument
(map boolean? '(#f 0 () #t))            ; => (#t #f #f #t)
(boolean=? #t #t)                       ; => #t
(boolean=? #f #f #f)                    ; => #t
(boolean=? #t #f)                       ; => #f
(boolean=? 1 #t)                        ; !! boolean=?
(boolean=? #t #f 1)                     ; !! boolean=?

;; 6.4
(define x (list 'a 'b 'c))
(define y x)
y                                       ; => (a b c)
(list? y)                               ; => #t
(set-cdr! x 4)
x                                       ; => (a . 4)
(eqv? x y)                              ; => #t
y                                       ; => (a . 4)
(list? y)                               ; => #f
(set-cdr! x x)
(list? x)                               ; => #f
(map pair? '((a . b) (a b c) () #(a b))) ; => (#t #t #f #f)
(cons 'a '())                           ; => (a)
(cons '(a) '(b c d))                    ; => ((a) b c d)
(cons "a" '(b c))                       ; => ("a" b c)
(cons 'a 3)                             ; => (a . 3)
(cons '(a b) 'c)                        ; => ((a b) . c)
(car '(a b c))                          ; => a
(car '((a) b c d))                      ; => (a)
(car '(1 . 2))                          ; => 1
(car '())                               ; !! car: expected a pair
(cdr '((a) b c d))                      ; => (b c d)
(cdr '(1 . 2))                          ; => 2
(cdr '())                               ; !! cdr: expected a pair
(define (f) (list 'not-a-constant-list))
(define (g) '(constant-list))
(begin (set-car! (f) 3) (f))
(set-car! (g) 3)                        ; !! set-car!
(set-car! 5 1)                          ; !! set-car!
(set-cdr! '() 1)                        ; !! set-cdr!
(let ((t '(((1 . 2) 3 . 4) (5 . 6) 7 . 8))) (list (caar t) (cadr t) (cdar t) (cddr t))) ; => ((1 . 2) (5 . 6) (3 . 4) (7 . 8))
(let ((t '(((1 . 2) 3 . 4) (5 . 6) 7 . 8))) (list (caaar t) (cdaar t) (cadar t) (cddar t) (caadr t) (cdadr t) (caddr t) (cdddr t))) ; => (1 2 3 4 5 6 7 8)
(let ((t '((((1 . 2) 3 . 4) (5 . 6) 7 . 8) ((9 . 10) 11 . 12) (13 . 14) 15 . 16)))
  (map (lambda (f) (f t)) (list caaaar cdaaar cadaar cddaar caadar cdadar caddar cdddar caaadr cdaadr cadadr cddadr caaddr cdaddr cadddr cddddr)))
                                        ; => (1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)
(cadr '(1))                             ; !! cadr
(cdddr '(1 2))                          ; !! cdddr
(map null? '(() (1) #() #f))            ; => (#t #f #f #f)
(map list? '((a b c) () (a . b)))       ; => (#t #t #f)
(let ((x (list 'a))) (set-cdr! x x) (list? x)) ; => #f
(make-list 2 3)                         ; => (3 3)
(length (make-list 3))                  ; => 3
(make-list 0 1)                         ; => ()
(make-list -1)                          ; !! make-list
(make-list 'a)                          ; !! make-list
(list 'a (+ 3 4) 'c)                    ; => (a 7 c)
(list)                                  ; => ()
(length '(a b c))                       ; => 3
(length '(a (b) (c d e)))               ; => 3
(length '())                            ; => 0
(length '(1 . 2))                       ; !! length
(length 5)                              ; !! length
(length x)                              ; !! length
(append '(x) '(y))                      ; => (x y)
(append '(a) '(b c d))                  ; => (a b c d)
(append '(a (b)) '((c)))                ; => (a (b) (c))
(append '(a b) '(c . d))                ; => (a b c . d)
(append '() 'a)                         ; => a
(append)                                ; => ()
(append 5)                              ; => 5
(append '() '() '(1) '() '(2))          ; => (1 2)
(append '(1 . 2) '(3))                  ; !! append
(append 1 '(3))                         ; !! append
(let ((tail (list 1))) (eq? tail (cdr (append '(0) tail)))) ; => #t
(let ((l (list 1))) (eq? l (append l '()))) ; => #f
(reverse '(a b c))                      ; => (c b a)
(reverse '(a (b c) d (e (f))))          ; => ((e (f)) d (b c) a)
(reverse '(1 . 2))                      ; !! reverse
(list-tail '(a b c d) 2)                ; => (c d)
(list-tail '(a b) 2)                    ; => ()
(list-tail '(a b) 3)                    ; !! list-tail
(list-tail '(a b . c) 2)                ; => c
(list-tail 5 0)                         ; => 5
(list-ref '(a b c d) 2)                 ; => c
(list-ref '(a b c d) (exact (round 1.8))) ; => c
(list-ref '(a b) 2)                     ; !! list-ref
(list-ref '(a b) -1)                    ; !! list-ref
(list-ref '(a b) 1.0)                   ; !! list-ref
(let ((ls (list 'one 'two 'five!))) (list-set! ls 2 'three) ls) ; => (one two three)
(list-set! '(0 1 2) 1 "oops")           ; !! list-set!
(list-set! (list 1 2) 2 0)              ; !! list-set!
(memq 'c '(a b c d e))                  ; => (c d e)
(memq 'a '(b c d))                      ; => #f
(memq (list 'a) '(b (a) c))             ; => #f
(member (list 'a) '(b (a) c))           ; => ((a) c)
(member "B" '("a" "b" "c") (lambda (a b) (string=? a (string (integer->char (+ 32 (char->integer (string-ref a 0))))) )) ) ; => #f
(member 2.0 '(1 2 3) =)                 ; => (2 3)
(member 5 '(1 2 6) <)                   ; => (6)
(memv 101 '(100 101 102))               ; => (101 102)
(memv 1.5 '(1 1.5))                     ; => (1.5)
(memq 'a '(b . c))                      ; !! memq
(memq 'a 5)                             ; !! memq
(memq 'b '(a b . c))                    ; => (b . c)
(define e '((a 1) (b 2) (c 3)))
(assq 'a e)                             ; => (a 1)
(assq 'b e)                             ; => (b 2)
(assq 'd e)                             ; => #f
(assq (list 'a) '(((a)) ((b)) ((c))))   ; => #f
(assoc (list 'a) '(((a)) ((b)) ((c))))  ; => ((a))
(assoc 2.0 '((1 1) (2 4) (3 9)) =)      ; => (2 4)
(assoc 2 '((1 1) (2 4) (3 9)) <)        ; => (3 9)
(assv 5 '((2 3) (5 7) (11 13)))         ; => (5 7)
(assq 'a '(5))                          ; !! assq
(assq 'a '((b . 1) . 5))                ; !! assq
(define a '(1 8 2 8))
(define b (list-copy a))
(set-car! b 3)
b                                       ; => (3 8 2 8)
a                                       ; => (1 8 2 8)
(list-copy '())                         ; => ()
(list-copy 5)                           ; => 5
(list-copy '(1 2 . 3))                  ; => (1 2 . 3)
(list-copy x)                           ; !! list-copy

;; 6.5
(map symbol? (list 'foo (car '(a b)) "bar" 'nil '() #f)) ; => (#t #t #f #t #f #f)
(symbol=? 'a 'a 'a)                     ; => #t
(symbol=? 'a 'b)                        ; => #f
(symbol=? 'a 1)                         ; !! symbol=?
(symbol->string 'flying-fish)           ; => "flying-fish"
(symbol->string 'Martin)                ; => "Martin"
(symbol->string (string->symbol "Malvina")) ; => "Malvina"
(string-set! (symbol->string 'abc) 0 #\x) ; !! string-set!
(string->symbol "mISSISSIppi")          ; => mISSISSIppi
(eqv? 'bitBlt (string->symbol "bitBlt")) ; => #t
(eqv? 'LollyPop (string->symbol (symbol->string 'LollyPop))) ; => #t
(string=? "K. Harper, M.D." (symbol->string (string->symbol "K. Harper, M.D."))) ; => #t
(symbol->string "a")                    ; !! symbol->string
(string->symbol 'a)                     ; !! string->symbol
