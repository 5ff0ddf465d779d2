;; Section 3: basic concepts.
(import (scheme base) (scheme case-lambda) (scheme char) (scheme inexact) (scheme lazy) (scheme write))

;; 3.1: a binding is visible in its region, and hides those outside of it
(define x 'top)
(let ((x 'let)) x)                      ; => let
(let ((x x)) x)                         ; => top
(let* ((x 'a) (y x)) y)                 ; => a
(let ((x 'a) (y x)) y)                  ; => top
(letrec ((x (lambda () x))) (procedure? (x))) ; => #t
((lambda (x) x) 'argument)              ; => argument
((lambda x x) 'argument)                ; => (argument)
(let ((f (lambda () x))) (let ((x 'inner)) (f))) ; => top
(do ((x 0 (+ x 1))) ((= x 3) x))        ; => 3
x                                       ; => top
(let-values (((x y) (values 1 x))) (list x y)) ; => (1 top)
(let*-values (((x) (values 1)) ((y) (values x))) (list x y)) ; => (1 1)
(list (let-syntax ((x (syntax-rules () ((_) 'macro)))) (x))) ; => (macro)
(let ((x 1)) (let-syntax ((m (syntax-rules () ((_) x)))) (let ((x 2)) (list x (m))))) ; => (2 1)
(let ((car cdr)) (car '(1 2)))          ; => (2)
(let ((if list)) (if 1 2 3))            ; => (1 2 3)
(let ((lambda list)) (lambda 1 2))      ; => (1 2)
(define (shadow list) (list 1))
(shadow -)                              ; => -1
(guard (x (#t x)) (raise 'raised))      ; => raised
(let () (define x 'inner) (define (f) x) (f)) ; => inner
(let loop ((x 3) (loop* '())) (if (= x 0) loop* (loop (- x 1) (cons x loop*)))) ; => (1 2 3)

;; 3.2: no object satisfies more than one of these predicates
(define predicates
  (list boolean? bytevector? char? eof-object? null? number? pair? port? procedure? string? symbol? vector?))
(define (kinds obj)
  (let loop ((ps predicates) (n 0)) (if (null? ps) n (loop (cdr ps) (if ((car ps) obj) (+ n 1) n)))))
(map kinds (list #t #f #u8() #u8(1) #\a (eof-object) '() 0 1.5 100000000000000000000 '(1) '(1 . 2) (current-output-port)
                 car (lambda () 1) "" "a" 'a '|| #() #(1) (call/cc (lambda (k) k)) (make-parameter 1)))
                                        ; => (1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1)
(define-record-type thing (make-thing) thing?)
(list (kinds (make-thing)) (thing? (make-thing))) ; => (0 #t)
(map thing? (list #t #u8() #\a (eof-object) '() 0 '(1) (current-output-port) car "" 'a #())) ; => (#f #f #f #f #f #f #f #f #f #f #f #f)
(kinds (delay 1))                       ; => 0
;; All objects count as true but #f
(map (lambda (obj) (if obj 'true 'false)) (list #t #f '() 0 0.0 "" #\a 'nil #() #u8() car (eof-object) (if #f #f)))
                                        ; => (true false true true true true true true true true true true true)

;; 3.3: the external representation is not the expression
(list 'a (quote (+ 2 6)) (+ 2 6))       ; => (a (+ 2 6) 8)
(equal? (list '+ 2 6) '(+ 2 6))         ; => #t
(equal? '( 08 13 ) '(8 13))             ; => #t
(equal? '(8 . (13 . ())) '(8 13))       ; => #t

;; 3.4: locations
(let* ((v (vector 1 2)) (w v)) (vector-set! v 0 'x) w) ; => #(x 2)
(let* ((s (make-string 2 #\a)) (t s)) (string-set! s 0 #\b) t) ; => "ba"
(let* ((a 1) (f (lambda () a)) (g (lambda (n) (set! a n)))) (g 5) (f)) ; => 5
(let ((l (list 1 2 3))) (set-car! l 'x) (set-cdr! (cddr l) '(y)) l) ; => (x 2 3 y)
(let ((make (lambda () (let ((n 0)) (lambda () (set! n (+ n 1)) n))))) (let* ((a (make)) (b (make)) (c (begin (a) (a) (a))) (d (b))) (list c d))) ; => (3 1)
(let ((f (lambda (x) (set! x (+ x 1)) x)) (n 1)) (list (f n) n)) ; => (2 1)
(let ((fs (map (lambda (i) (lambda () (set! i (+ i 1)) i)) '(1 2)))) ((car fs)) (list ((car fs)) ((cadr fs)))) ; => (3 3)
;; Constants cannot be changed, nor what symbol->string returns
(set-car! '(1 2) 3)                     ; !! set-car!
(set-cdr! (cdr '(1 2)) 3)               ; !! set-cdr!
(vector-set! (vector-ref #(#(1)) 0) 0 1) ; !! vector-set!
(string-set! (car '("abc")) 0 #\x)      ; !! string-set!
(bytevector-u8-set! (cadr '(a #u8(1))) 0 1) ; !! bytevector-u8-set!
(string-fill! "abc" #\x)                ; !! string-fill!
(vector-fill! #(1 2) 0)                 ; !! vector-fill!
(string-copy! "abc" 0 "x")              ; !! string-copy!
(vector-copy! #(1 2) 0 #(3))            ; !! vector-copy!
(bytevector-copy! #u8(1 2) 0 #u8(3))    ; !! bytevector-copy!
(list-set! '(1 2) 0 3)                  ; !! list-set!
(read-bytevector! #u8(1 2) (open-input-bytevector #u8(3))) ; !! read-bytevector!
(string-set! (symbol->string 'abc) 0 #\x) ; !! string-set!
(set-car! `(1 2) 3)                     ; !! set-car!
;; What the procedures allocate can be
(let ((l (list-copy '(1 2)))) (set-car! l 3) l) ; => (3 2)
(let ((s (string-copy "ab"))) (string-set! s 0 #\x) s) ; => "xb"
(let ((s (string-append "ab"))) (string-set! s 0 #\x) s) ; => "xb"
(let ((s (substring "abc" 0 2))) (string-set! s 0 #\x) s) ; => "xb"
(let ((s (list->string '(#\a #\b)))) (string-set! s 0 #\x) s) ; => "xb"
(let ((s (number->string 12))) (string-set! s 0 #\x) s) ; => "x2"
(let ((s (utf8->string #u8(97 98)))) (string-set! s 0 #\x) s) ; => "xb"
(let ((s (string-upcase "ab"))) (string-set! s 0 #\x) s) ; => "xB"
(let ((s (vector->string #(#\a #\b)))) (string-set! s 0 #\x) s) ; => "xb"
(let ((v (vector-copy #(1 2)))) (vector-set! v 0 'x) v) ; => #(x 2)
(let ((v (vector-append #(1 2)))) (vector-set! v 0 'x) v) ; => #(x 2)
(let ((v (list->vector '(1 2)))) (vector-set! v 0 'x) v) ; => #(x 2)
(let ((v (vector-map + #(1 2)))) (vector-set! v 0 'x) v) ; => #(x 2)
(let ((v (string->vector "ab"))) (vector-set! v 0 'x) v) ; => #(x #\b)
(let ((b (bytevector-copy #u8(1 2)))) (bytevector-u8-set! b 0 9) b) ; => #u8(9 2)
(let ((b (string->utf8 "ab"))) (bytevector-u8-set! b 0 9) b) ; => #u8(9 98)
(let ((b (bytevector-append #u8(1 2)))) (bytevector-u8-set! b 0 9) b) ; => #u8(9 2)
(let ((l (map + '(1 2)))) (set-car! l 'x) l) ; => (x 2)
(let ((l (vector->list #(1 2)))) (set-car! l 'x) l) ; => (x 2)
(let ((l (string->list "ab"))) (set-car! l 'x) l) ; => (x #\b)
(let ((l (reverse '(1 2)))) (set-car! l 'x) l) ; => (x 1)

;; 3.5 Proper tail recursion: in torture-tail-calls.scm
