;; Sections 6.3 booleans, 6.4 pairs and lists, 6.5 symbols: each entry, sentence by sentence.
(import (scheme base) (scheme cxr) (scheme write))

;; 6.3: booleans evaluate to themselves; only #f counts as false
(list #t #f '#f '#true #false)          ; => (#t #f #f #t #f)
(map (lambda (v) (cond (v 1) (else 0))) (list #f #t '() 0 0.0 "" #\null #() (if #f #f) car)) ; => (0 1 1 1 1 1 1 1 1 1)
(list (not #t) (not 3) (not (list 3)) (not #f) (not '()) (not (list)) (not 'nil)) ; => (#f #f #f #t #f #f #f)
(list (boolean? #f) (boolean? 0) (boolean? '())) ; => (#t #f #f)
(boolean=? #f #f)                       ; => #t
(boolean=? #t #t #t #t #f)              ; => #f
(boolean=? #f #f #t #t)                 ; => #f
(boolean=? #f #t 'x)                    ; !! boolean=?
(boolean=?)                             ; !! boolean=?

;; 6.4: what pairs are written as
'(a . (b . (c . (d . (e . ())))))       ; => (a b c d e)
'(a . (b . (c . d)))                    ; => (a b c . d)
(list '(a b c . d) '(a . b) '(a b c) '() '#(a b)) ; => ((a b c . d) (a . b) (a b c) () #(a b))
(eq? '() '())                           ; => #t
(list (pair? '(a . b)) (pair? '(a b c)) (pair? '()) (pair? '#(a b))) ; => (#t #t #f #f)
;; cons makes a pair that is different from every existing object
(let ((a (cons 1 2)) (b (cons 1 2))) (list (eqv? a b) (eqv? a a) (equal? a b))) ; => (#f #t #t)
(let ((p (cons 1 2))) (set-car! p 3) (set-cdr! p 4) p) ; => (3 . 4)
(let ((p (list 1 2 3))) (set-car! (cdr p) 'two) (set-cdr! (cddr p) 'end) p) ; => (1 two 3 . end)
(car 5)                                 ; !! car: expected a pair as argument 1, got 5
(cdr "x")                               ; !! cdr: expected a pair as argument 1
(caar '(1))                             ; !! caar
(cddr '(1))                             ; !! cddr
(caddr '(1 2))                          ; !! caddr
(cadddr '(1 2 3))                       ; !! cadddr
(cddddr '(1 2 3))                       ; !! cddddr
(caaaar '((((1)))))                     ; => 1
(cdaddr '(a b (c d)))                   ; => (d)
;; list?: finite, and the empty list at its end
(list? '(1 2 . 3))                      ; => #f
(list? '#0=(1 2 . #0#))                 ; => #f
(list? '(1 #0=(2 . #0#)))               ; => #t
(list? "abc")                           ; => #f
;; make-list: all elements are the fill itself
(let* ((x (list 1)) (l (make-list 3 x))) (list (length l) (eq? (car l) x) (eq? (caddr l) x))) ; => (3 #t #t)
(let ((l (make-list 2 'a))) (set-car! l 'b) l) ; => (b a)
(make-list 2.0 1)                       ; !! make-list
(make-list)                             ; !! make-list
(let ((l (list 1 2))) (eq? l (apply list l))) ; => #f
;; length: an error unless a list
(length '#0=(1 . #0#))                  ; !! length
(length "abc")                          ; !! length
(length #(1 2))                         ; !! length
;; append: the last argument is shared, the others are copied
(append '(a) '() 'b)                    ; => (a . b)
(append '() '())                        ; => ()
(append '(1) '(2) '(3) '(4 . 5))        ; => (1 2 3 4 . 5)
(let* ((a (list 1 2)) (b (list 3)) (c (append a b))) (set-car! a 'x) (set-car! b 'y) c) ; => (1 2 y)
(let ((v (vector 1))) (eq? (append v) v)) ; => #t
(append '(1) 2 '(3))                    ; !! append
(append '#0=(1 . #0#) '(2))             ; !! append
(let* ((a (list 1 2)) (b (reverse a))) (set-car! b 'x) (list a b)) ; => ((1 2) (x 1))
(reverse '())                           ; => ()
(reverse 5)                             ; !! reverse
(reverse '#0=(1 2 . #0#))               ; !! reverse
;; list-tail: the sublist itself
(let ((l (list 1 2 3))) (eq? (list-tail l 1) (cdr l))) ; => #t
(list-tail '(1 2 3) 0)                  ; => (1 2 3)
(list-tail '(1 2 3) 3)                  ; => ()
(list-tail '(1 2) -1)                   ; !! list-tail
(list-tail '(1 2) 1.0)                  ; !! list-tail
(list-tail '#0=(1 2 . #0#) 5)           ; => #0=(2 1 . #0#)
(list-ref '(a b . c) 1)                 ; => b
(list-ref '(a b . c) 2)                 ; !! list-ref
(list-ref '#0=(1 2 3 . #0#) 100)        ; => 2
(list-ref '() 0)                        ; !! list-ref
(list-set! (list 1 2) -1 0)             ; !! list-set!
(list-set! '() 0 0)                     ; !! list-set!
(let ((l (list 1 2 3))) (list-set! l 0 'a) (list-set! l 2 'c) l) ; => (a 2 c)
;; memq, memv, member: the first sublist whose car is the object
(let ((l (list 'a 'b 'a 'c))) (list (eq? (memq 'a (cdr l)) (cddr l)) (memq 'z l))) ; => (#t #f)
(memv 1.0 '(1 1.0))                     ; => (1.0)
(memv 100000000000000000000 '(1 100000000000000000000)) ; => (100000000000000000000)
(memv "a" '("a"))                       ; => #f
(member "a" '(b "a" c))                 ; => ("a" c)
(member '#(1 "x") '(#(1 "x")))          ; => (#(1 "x"))
;; the comparison gets the object first, then the element
(let ((seen '())) (member 1 '(2 3 1 4) (lambda (a b) (set! seen (cons (list a b) seen)) (= a b))) (reverse seen)) ; => ((1 2) (1 3) (1 1))
(member 3 '(1 2 5 4) <)                 ; => (5 4)
(member 1 '())                          ; => #f
(member 1 '(2) 'no-procedure)           ; !! no-procedure
(member 1 '(2 . 3))                     ; !! member
(memv 1 5)                              ; !! memv
(memq 'a '#0=(b c . #0#))               ; !! memq
(assq 'c '((a 1) (b 2)))                ; => #f
(let ((e (list (list 'a 1)))) (eq? (assq 'a e) (car e))) ; => #t
(assq 'b '((a . 1) (b . 2) (b . 3)))    ; => (b . 2)
(assv 2.0 '((2 . a) (2.0 . b)))         ; => (2.0 . b)
(assoc "b" '(("a" . 1) ("b" . 2)))      ; => ("b" . 2)
(let ((seen '())) (assoc 1 '((2) (1)) (lambda (a b) (set! seen (cons (list a b) seen)) (= a b))) (reverse seen)) ; => ((1 2) (1 1))
(assoc 2.0 '((1 1) (2 4) (3 9)))        ; => #f
(assoc 1 '((2 . 3)) 5)                  ; !! 5
(assv 1 '((2) . 3))                     ; !! assv
(assoc 1 '(2))                          ; !! assoc
(assq 'a '((b) #f))                     ; !! assq
;; list-copy: of the pairs only
(let* ((in (list 1)) (l (list in 2)) (c (list-copy l))) (list (eq? l c) (eq? (car l) (car c)) (equal? l c))) ; => (#f #t #t)
(let* ((tail (vector 1)) (c (list-copy (cons 1 tail)))) (eq? (cdr c) tail)) ; => #t
(list-copy '#0=(1 . #0#))               ; !! list-copy

;; 6.5: symbols are the same if and only if they are spelled the same
(list (eq? 'abc 'abc) (eq? 'abc 'ABC) (eqv? 'abc (string->symbol "abc")) (equal? '|a b| (string->symbol "a b"))) ; => (#t #f #t #t)
(symbol=? 'a 'a 'b)                     ; => #f
(symbol=? 'a 'b 'a)                     ; => #f
(symbol=? 'a 'b "c")                    ; !! symbol=?
(list (symbol? '||) (symbol? (string->symbol "")) (symbol? 'if) (symbol? #t) (symbol? #\a)) ; => (#t #t #t #f #f)
(map (lambda (s) (string->symbol s)) '("" "a b" "A" "1" "+1" "." "a|b" "a\\b" "#f" "é" "\x0;" "..." "+" "-" "-a" "1+" "a.b"))
                                        ; => (|| |a b| A |1| |+1| |.| |a\|b| |a\\b| |#f| |é| |\x0;| ... + - -a |1+| a.b)
(map symbol->string '(|| |a b| |\x41;bc| |a\nb| abc ABC)) ; => ("" "a b" "Abc" "a\nb" "abc" "ABC")
;; symbols are written so that they can be read again; those with characters beyond ASCII with bars
(let ((round-trip (lambda (name)
        (let ((p (open-output-string)) (s (string->symbol name)))
          (write s p) (write-string " x" p) (get-output-string p)))))
  (map round-trip '("a" "a b" "#" "#a" "|" "\\" "1a" "+a" "+5" "-" "->" ".a" ".." "+i" "-i" "+inf.0" "1/2" "\"" ";" "'" ",@" "(" "λ" "\t")))
                                        ; => ("a x" "|a b| x" "|#| x" "|#a| x" "|\\|| x" "|\\\\| x" "|1a| x" "+a x" "|+5| x" "- x" "-> x" ".a x" ".. x" "|+i| x" "|-i| x" "|+inf.0| x" "|1/2| x" "|\"| x" "|;| x" "|'| x" "|,@| x" "|(| x" "|λ| x" "|\\t| x")
(string->symbol 5)                      ; !! string->symbol
(symbol->string)                        ; !! symbol->string
