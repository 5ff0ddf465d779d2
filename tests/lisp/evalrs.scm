;; (limpet evalrs): the programs of the guide, and those that its own implementation gets wrong.
;; stress: 10
(import (scheme base) (scheme write) (limpet evalrs))

(define world (make-evalrs-environment))
(define (run . programs)
  (for-each (lambda (program) (display (evalrs->string (evalrs-eval-string program world))) (display " "))
            programs))

;; Truth, cond, globals, functions, partial application
(run "(cond (nil? nil) 'x (nil? 'a) 'y)") ; => x
(run "(cond (nil? 'a) 'x (nil? nil) 'y)") ; => y
(run "(cond (nil? 'a) 'x (nil? 'b) 'y)") ; => nil
(run "(def is_it (ask expect) (is? ask expect)) (def is_it_a (ask) (is_it ask 'a)) (is_it_a nil)" "(is_it_a 'a)")
                                        ; => nil true
(run "(def is_y (ask) (is? ask 'y))
      (def map (f l) (cond (nil? l) nil true (cons (f (car l)) (map f (cdr l)))))
      (map is_y '(x y z z y))")         ; => (nil true nil nil true)
(run "(def isit (a b) (is? a b)) ((isit 'x) 'x)" "((isit 'x) 'y)") ; => true nil
(run "(def map (f v) (f v)) (map (isit 'x) 'x)" "(map (isit 'x) 'y)") ; => true nil
(run "(let ((x 'y)) x)")                ; => y
(run "(def deconrecon (list) (let ((a (car list)) (b (cdr list))) (cons a b))) (deconrecon '(x y z z y))")
                                        ; => (x y z z y)
(run "(def head (a) (let ((inner (\\ () (car a)))) (inner))) (head '(x y z z y))") ; => x
(run "(def head (a) (let ((inner (\\ () (car a)))) inner)) (set 'inner (head '(x y z z y))) (inner)") ; => x
(run "(let ((f (\\ (a) a))) (let ((g (f 'b))) g))") ; => b
(run "(def f (a b c) (cons a (cons b c))) (f 'x)" "(((f 'x) 'y) 'z)" "((f 'x) 'y 'z)" "((f) 'x 'y 'z)")
                                        ; => (Partial f (b c)) (x y . z) (x y . z) (x y . z)
(run "(is? (set 'p (f 'x)) (p))")       ; => true
(run "(let ((f (lambda (l) (cond (nil? l) 'done true (f (cdr l)))))) (f '(a b)))") ; => done
(run "(def compose (f g) (lambda (x) (f (g x)))) ((compose (lambda (x) x) (lambda (x) x)) 'q)") ; => q
(run "(def keep (x) (lambda () x)) (set 'one (keep 'a)) (set 'two (keep 'b)) (cons (one) (two))") ; => (a . b)
(run "(let ((a 'x) (b a)) b)")          ; => x
(run "(atom? 'a)" "(atom? nil)" "(atom? '(a))" "(is? \"a\" \"a\")" "(car nil)" "(cdr nil)") ; => true nil nil nil nil nil

;; Where the guide's implementation is wrong
(run "(def g (x y) (cons x y)) (g (cons 'a 'b) 'c)") ; => ((a . b) . c)
(run "(g (car '(p)) 'q)")               ; => (p . q)
(run "(g (set 'zz 'b) 'c)")             ; => (b . c)
(run "(def append (x y) (cond (nil? x) y true (cons (car x) (append (cdr x) y)))) (append '(a b) '(c d))")
                                        ; => (a b c d)
(run "(cons (cond (nil? nil) 'x) 'y)")  ; => (x . y)
(run "(def f (x) (cond true x)) (f 'a)") ; => a
(run "(cond 'x 'y)" "(cond)")           ; => nil nil
(run "(def a (x) (lambda (y) (lambda (z) (cons x (cons y z))))) (((a 'p) 'q) 'r)") ; => (p q . r)
(run "(def a (x) (lambda (y) (cons x (lambda (z) (cons x (cons y z)))))) ((cdr ((a 'p) 'q)) 'r)") ; => (p q . r)
(run "(def f (x) (cond nil (lambda () x) true 'no)) (f 'a)") ; => no
(run "(def outer (x) (def inner () x)) (outer 'a) (inner)") ; => a
(define (hundred) (let loop ((i 0) (text "end")) (if (= i 99) text (loop (+ i 1) (string-append "x " text)))))
(run "(def last (l) (cond (nil? (cdr l)) (car l) true (last (cdr l))))" (string-append "(last '(" (hundred) "))"))
                                        ; => (Function last (l)) end
(run "(def k (x) (cons (set 'h (lambda () x)) (car 'bad))) (k 'one)") ; !! car expects a pair or nil, got bad
(run "(h)")                             ; => one
(run "(let ((x x)) x)")                 ; !! x is used in its let before it has a value
(run (string-append "(g" (let loop ((i 0) (text ")")) (if (= i 260) text (loop (+ i 1) (string-append " 'a" text))))))
                                        ; !! more than 254 arguments
(run "(def loop (l) (cond (nil? l) 'end true (loop (cdr l)))) (def grow (l n) (cond (nil? n) l true (grow (cons 'x l) (cdr n)))) (loop (grow nil '(a b c)))")
                                        ; => end

;; Errors
(run "nope")                            ; !! the symbol nope is not bound to a value
(run "(g 'a 'b 'c)")                    ; !! the function (Function g (x y)) takes 2 arguments, got 3
(run "((g 'a) 'b 'c)")                  ; !! the partial application (Partial g (y)) takes 1 arguments, got 2
(run "('x 'y)")                         ; !! not a function: x
(run "(cond true)")                     ; !! the last test of cond has no expression
(run "(def f (x))")                     ; !! expected (def name (parameter ...) expression ...)
(run "(lambda x x)")                    ; !! expected a list of names
(run "(lambda (nil) 'x)")               ; !! a name to bind must be a symbol
(run "(let ((x)) x)")                   ; !! expected (name expression) as a binding
(run "(set \"x\" 'y)")                  ; !! set expects a symbol, got "x"
(run "(car 'a 'b)")                     ; !! expected one operand
(run "(g . x)")                         ; !! a call must be a proper list

;; Special forms cannot be shadowed; a function can be anonymous
(run "(set 'car g) (car '(x))")         ; => x
(run "(lambda (x y) x)" "(\\ () nil)")  ; => (Function (x y)) (Function ())

;; Reading
(write (evalrs-read-string "(a . nil) (a (b c) d) ((a . b) . (c . d)) () nil 'x \"t\" 12 a.b"))
                                        ; => ((a) (a (b c) d) ((a . b) c . d) () () 'x "t" |12| a.b)
(write (evalrs-read-string ""))         ; => ()
(run "(a")                              ; !! line 1, column 0: this expression is not complete
(run "a\n b)")                          ; !! line 2, column 2: a closing parenthesis without an opening one
(run "(. a)")                           ; !! line 1, column 1: a dot without something before it in a list
(run "(a . b c)")                       ; !! line 1, column 7: expected a closing parenthesis after the tail
(run "'a\n\t'b")                        ; !! line 2, column 0: a tab is not white space here
(run "\"abc")                           ; !! line 1, column 0: unterminated text

;; Environments do not know of each other
(define other (make-evalrs-environment))
(write (evalrs-eval-string "(set 'x 'here) x" other)) ; => here
(run "x")                               ; !! the symbol x is not bound to a value
(write (evalrs-eval '(cons (quote a) nil))) ; => (a)
(write (evalrs-function? (evalrs-eval-string "g" world))) ; => #t
(write (evalrs-partial? (evalrs-eval-string "(g 'a)" world))) ; => #t
