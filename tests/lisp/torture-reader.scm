;; The reader where it hurts: every lexical form beside every other, labels, nesting, what is no datum.
;; stress: 50
(import (scheme base) (scheme read) (scheme write))

(define (read-all text)
  (let ((port (open-input-string text)))
    (let loop ((l '())) (let ((x (read port))) (if (eof-object? x) (reverse l) (loop (cons x l)))))))
(define (read-text text) (read (open-input-string text)))
(define (text-of write datum) (let ((port (open-output-string))) (write datum port) (get-output-string port)))
;; ok, or error: what reading all of a text comes to
(define (outcome text) (guard (e ((read-error? e) 'error)) (read-all text) 'ok))
(define (outcomes . texts) (map outcome texts))

;; Tokens that need no space between them
(read-all "(a)(b)\"c\"\"d\"|e f|#(g)'h `i ,j ,@k #;l;m\nn") ; => ((a) (b) "c" "d" |e f| #(g) 'h `i ,j ,@k n)
(read-all "(a.b .c d. . e)")            ; => ((a.b .c d. . e))
(read-all "(1 .5)(1 . 5)(1.5)(1. 5)")   ; => ((1 0.5) (1 . 5) (1.5) (1.0 5))
(read-all "(a . b)(a .b)(a. b)")        ; => ((a . b) (a .b) (a. b))
(read-all "'(a)'#(b)'\"c\"'#u8(1)'|e|")  ; => ('(a) '#(b) '"c" '#u8(1) 'e)
(read-all "#t;x\n#f|y|#t")               ; => (#t #f y #t)
(read-all "#u8(1)#u8()#(#u8(2))")       ; => (#u8(1) #u8() #(#u8(2)))
(read-all "#\\a;b\n#\\b(#\\c)#\\d\"e\"") ; => (#\a #\b (#\c) #\d "e")
(read-all ",@a , @b ,@ c")              ; => (,@a , @b ,@c)
(equal? (cadr (read-all ",@a , @b")) '(unquote @b)) ; => #t
(read-all "'''a")                       ; => ('''a)
(read-all "(quote a) (quote) (quote a b) (quote . a)") ; => ('a (quote) (quote a b) (quote . a))
(read-all "(quasiquote a) (unquote a) (unquote-splicing a)") ; => (`a ,a ,@a)
(read-all "(1 2\n. 3\n)")               ; => ((1 2 . 3))
(read-all "( )(\n)#( )#u8( )")          ; => (() () #() #u8())

;; Blanks
(read-all "a\tb\nc\rd\r\ne")            ; => (a b c d e)
(map (lambda (c) (length (read-all (string #\a c #\b)))) (map integer->char '(9 10 13 32))) ; => (2 2 2 2)

;; Comments, nested in each other and in everything
(read-all "#|a#|b|#c|#d")               ; => (d)
(read-all "#|#|#|#||#|#|#|#x")          ; => (x)
(read-all "#|||#x")                     ; => (x)
(read-all "#||||#x")                    ; => (x)
(read-all "#|#|#x|#|#y")                ; => (y)
(read-all "#| ; |# x")                  ; => (x)
(read-all "#| \" |# x \"|#\"")          ; => (x "|#")
(read-all "; #| \n x")                  ; => (x)
(read-all "(a #|b|# . #|c|# d #|e|#)")  ; => ((a . d))
(read-all "(a #;b #;(c) #;\"d\" #;#\\e #;#(f) #;'g #;#u8(1) h)") ; => ((a h))
(read-all "(a . #;b #;c d #;e)")        ; => ((a . d))
(read-all "#;#;a b c")                  ; => (c)
(read-all "#;(#;a b) c")                ; => (c)
(read-all "#;#|x|#a b")                 ; => (b)
(read-all "#;;x\na b")                  ; => (b)
(read-all "'#;a b")                     ; => ('b)
(read-all "'#|x|#b")                    ; => ('b)
(read-all "';x\nb")                     ; => ('b)
(read-all "#(a #;b)")                   ; => (#(a))
(read-all "#u8(#;1 2 #|3|# ;4\n)")      ; => (#u8(2))
(read-all "#0=#;a b #;#1=c d")          ; => (b d)
(outcomes "#|" "#|#|" "#|#||#" "#|a|" "|#" "#;" "(#;)" "(a . #;b)" "(a . #;b)c" "#;)" "(a #;") ; => (error error error error error error error error error error error)

;; Directives
(read-all "#!fold-case ABC |DEF| \"GHI\" #\\J #T #\\SPACE #D1 #XAB #U8(1) 1E2 +INF.0") ; => (abc DEF "GHI" #\J #t #\space 1 171 #u8(1) 100.0 +inf.0)
(read-all "(A #!fold-case B (C #!no-fold-case D) E)") ; => ((A b (c D) E))
(read-all "#!fold-case\nÀÉ ΑΣ #!no-fold-case ÀÉ") ; => (|àé| |ασ| |ÀÉ|)
(read-all "'#!fold-case A")             ; => ('a)
(read-all "#;#!fold-case A B")          ; => (b)

;; Booleans and characters
(read-all "#t #true #f #false #T #TRUE #F #FALSE #True") ; => (#t #t #f #f #t #t #f #f #t)
(outcomes "#tr" "#truee" "#fals" "#t1" "#tt" "#tf" "#f#t") ; => (error error error error error error error)
(map char->integer (read-all "#\\x #\\x0 #\\x9 #\\xa #\\xA #\\x10ffff #\\X #\\xD7FF #\\xE000 #\\x0041")) ; => (120 0 9 10 10 1114111 88 55295 57344 65)
(outcomes "#\\xD800" "#\\xDFFF" "#\\x110000" "#\\xffffffffffffffffffff" "#\\xg1" "#\\newlin" "#\\aa" "#\\a1" "#\\λλ") ; => (error error error error error error error error error)
(map char->integer (read-all "#\\λ #\\é #\\😀 #\\日")) ; => (955 233 128512 26085)
(map char->integer (read-all "#\\alarm #\\backspace #\\delete #\\escape #\\newline #\\null #\\return #\\space #\\tab")) ; => (7 8 127 27 10 0 13 32 9)
(map char->integer (read-all "#\\  #\\( #\\) #\\; #\\\" #\\' #\\` #\\, #\\| #\\# #\\\\ #\\.")) ; => (32 40 41 59 34 39 96 44 124 35 92 46)
(char->integer (read-text "#\\\n"))     ; => 10
(outcomes "#\\")                        ; => (error)

;; Strings: every escape, continued lines, line ends
(map char->integer (string->list (read-text "\"\\a\\b\\t\\n\\r\\\"\\\\\\|\\x0;\\x7F;\\x1F600;\""))) ; => (7 8 9 10 13 34 92 124 0 127 128512)
(read-all "\"a\\\nb\" \"a\\\n  b\" \"a\\  \nb\" \"a\\\t\n\t b\" \"a\\\r\n b\"") ; => ("ab" "ab" "ab" "ab" "ab")
(read-all "\"a  \\\n  \\\n  b\"")       ; => ("a  b")
(read-all "\"a\\\n\"")                  ; => ("a")
(map string-length (read-all "\"a\nb\" \"a\r\nb\" \"a\rb\" \"a\n\nb\"")) ; => (3 3 3 4)
(outcomes "\"" "\"\\\"" "\"\\q\"" "\"\\x\"" "\"\\x;\"" "\"\\x41\"" "\"\\xZ;\"" "\"\\xD800;\"" "\"\\x110000;\"" "\"\\ a\"" "\"\\x41" "\"\\") ; => (error error error error error error error error error error error error)
(read-text "\"#|;(\\\"\"")              ; => "#|;(\""

;; Symbols between bars, and what peculiar identifiers there are
(map symbol->string (read-all "|| |a| |a b| |\\x41;| |\\t\\n\\a| |\\|| |\"| |(| |;| |#;| |1| |.|")) ; => ("" "a" "a b" "A" "\t\n\a" "|" "\"" "(" ";" "#;" "1" ".")
(map symbol? (read-all "+ - ... .a .. .+ ..1 +a -a ++ +- -- -> ->a +@ -@ +.a -.a +.. -... +.+ a.b a+b a@b a...")) ; => (#t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t)
(map number? (read-all "+1 -1 +.1 -.1 .1 1. +1. 1e1 +1e1 -1.5e-3 1/2 -1/2 +inf.0 -nan.0")) ; => (#t #t #t #t #t #t #t #t #t #t #t #t #t #t)
(outcomes "|" "|a" "|\\|" "|\\x41" "|\\q|") ; => (error error error error error)
(define (comes-back? datum) (equal? datum (read-text (text-of write datum))))
(map comes-back? (list '|| '|.| '|..| '|...| '|+1| '|-| '|1+| '|a b| '|#t| '|a;b| '|a"b| '|a\|b| '|a\\b| '|A| '|\x0;| '|\x7f;| 'λ '|quote| (string->symbol "\n") (string->symbol "+inf.0") (string->symbol "1/2") (string->symbol "#!eof") (string->symbol "'") (string->symbol ",@")))
                                        ; => (#t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t)
(map comes-back? (list #\a #\space #\( #\x0 #\x7f #\x3bb #\x300 #\x10ffff #\; #\" "" "a\"b" "\\" "\n\t\r\a\b" "\x0;\x7f;\x3bb;" '() '#() '#u8(0 255) ''a '`(a ,b ,@c) '(quote) '(quote . a) '(a . (quote b)) '#(a #(b) "c" #\d) '(1 . 2) '((((a))))))
                                        ; => (#t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t)

;; Lists and vectors that are none
(outcomes ")" "(" "(a" "(a b" "(a . b" "(a ." "(a . )" "( . )" "(. a)" "(a . b c)" "(a . b . c)" "(. . .)" "." "#(" "#(a" "#(a . b)" "#u8(" "#u8(1" "#u8(256)" "#u8(-1)" "#u8(1.)" "#u8(a)" "#u8((1))" "#u8(1 . 2)" "#u8" "#u9(1)" "#" "#)" "#<a>" "#a" "'" "(')" "`" "," ",@" "(a ')")
                                        ; => (error error error error error error error error error error error error error error error error error error error error error error error error error error error error error error error error error error error error)
(outcomes "()" "(())" "(a . ())" "(a . (b . c))" "(a . 'b)" "(a . ,b)" "#(())" "#(#())" "(#\\))") ; => (ok ok ok ok ok ok ok ok ok)

;; Labels
(let ((x (read-text "#0=(a . #0#)"))) (eq? x (cdr x))) ; => #t
(let ((x (read-text "(#0=(1) #1=#(#0#) #0# #1#)"))) (list (eq? (car x) (list-ref x 2)) (eq? (cadr x) (list-ref x 3)) (eq? (car x) (vector-ref (cadr x) 0)))) ; => (#t #t #t)
(let ((x (read-text "#0=(#1=(#0# . #1#) . #1#)"))) (list (eq? x (caar x)) (eq? (car x) (cdar x)) (eq? (car x) (cdr x)))) ; => (#t #t #t)
(let ((x (read-text "#0=#(#0# #1=(#0# #1#) #1#)"))) (list (eq? x (vector-ref x 0)) (eq? x (car (vector-ref x 1))) (eq? (vector-ref x 1) (cadr (vector-ref x 1))) (eq? (vector-ref x 1) (vector-ref x 2)))) ; => (#t #t #t #t)
(let ((x (read-text "#0='#0#"))) (eq? x (cadr x))) ; => #t
(let ((x (read-text "#0=(quote #0#)"))) (eq? x (cadr x))) ; => #t
(let ((x (read-text "(#00=a #0# #000#)"))) x) ; => (a a a)
(let ((x (read-text "(#4294967296=a #4294967296#)"))) x) ; => (a a)
(let ((x (read-text "#0=(a b . (c #0#))"))) (eq? x (list-ref x 3))) ; => #t
(text-of write (read-text "#5=(a #6=(b . #6#) . #5#)")) ; => "#0=(a #1=(b . #1#) . #0#)"
(text-of write-shared (read-text "(#9=(x) #9#)")) ; => "(#0=(x) #0#)"
(outcomes "#0#" "#0=" "#0=#0#" "(#0=#0#)" "#0=#1=#0#" "(#0=a #0=b)" "(#0# #0=a)" "#0=)" "#1 a" "#1" "#0=a #0#") ; => (error error error error error error error error error error error)

;; Depth and length: neither has a limit of its own
(define (repeat text n) (apply string-append (vector->list (make-vector n text))))
(let loop ((x (read-text (string-append (repeat "(" 50000) (repeat ")" 50000)))) (n 1)) (if (pair? x) (loop (car x) (+ n 1)) n)) ; => 50000
(let loop ((x (read-text (string-append (repeat "#(" 10000) (repeat ")" 10000)))) (n 1)) (if (and (vector? x) (> (vector-length x) 0)) (loop (vector-ref x 0) (+ n 1)) n)) ; => 10000
(let loop ((x (read-text (string-append (repeat "'" 50000) "a"))) (n 0)) (if (pair? x) (loop (cadr x) (+ n 1)) n)) ; => 50000
(read-all (string-append (repeat "#;" 5000) (repeat "a " 5000) "b")) ; => (b)
(read-all (string-append (repeat "#|" 5000) (repeat "|#" 5000) "b")) ; => (b)
(length (read-text (string-append "(" (repeat "a " 50000) ")"))) ; => 50000
(string-length (symbol->string (read-text (repeat "a" 100000)))) ; => 100000
(string-length (read-text (string-append "\"" (repeat "\\x41;" 50000) "\""))) ; => 50000
(let ((x (read-text (string-append "(" (repeat "(a . " 10000) "b" (repeat ")" 10000) ")")))) (pair? (car x))) ; => #t

;; read takes one datum and leaves the rest
(let ((p (open-input-string "(a)b c"))) (let* ((x (read p)) (y (read-char p)) (z (read p))) (list x y z (eof-object? (read p))))) ; => ((a) #\b c #t)
(let ((p (open-input-string "a\nb"))) (let* ((x (read p)) (y (read-char p)) (z (read-line p))) (list x y z))) ; => (a #\newline "b")
(let ((p (open-input-string "\"a\"b"))) (let* ((x (read p)) (y (read-char p))) (list x y))) ; => ("a" #\b)
(let ((p (open-input-string "#\\a b"))) (let* ((x (read p)) (y (read-char p))) (list x y))) ; => (#\a #\space)
;; An error is an error once; what follows can be read
(let* ((p (open-input-string "(a . ) b")) (x (guard (e ((read-error? e) 'error)) (read p)))) x) ; => error
