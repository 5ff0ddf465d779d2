;; Section 2: lexical conventions, and the datum syntax of 7.1.
(import (scheme base) (scheme read) (scheme write))

(define (read-text text) (read (open-input-string text)))
(define (read-all text)
  (let ((port (open-input-string text)))
    (let loop ((result '()))
      (let ((datum (read port)))
        (if (eof-object? datum) (reverse result) (loop (cons datum result)))))))

;; 2.1 Identifiers
(write '(... + +soup+ <=? ->string a34kTMNs lambda list->vector q V17a |two words|
         the-word-recursion-has-many-meanings))
                                        ; => (... + +soup+ <=? ->string a34kTMNs lambda list->vector q V17a |two words| the-word-recursion-has-many-meanings)
(eq? '|H\x65;llo| 'Hello)               ; => #t
(eq? '|foo bar| '|foo\x20;bar|)         ; => #t
(eq? '|\x3BB;| 'λ)                      ; => #t
(symbol->string '|\t\t|)                ; => "\t\t"
(eq? '|\t\t| '|\x9;\x9;|)               ; => #t
(write '||)                             ; => ||
(map symbol? '(+ - ... -- ->x +@ +.a ..a -.. @a !x $% &x *y /z :k ~ ^ _ a.b))
                                        ; => (#t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t)
(write '(+i.x -in infinity +infx nan))  ; => (+i.x -in infinity +infx nan)
(write (map string->symbol '("1" "+1" "1a" "" "A" "a b" "." ".." "#a" "a|b" "a\nb")))
                                        ; => (|1| |+1| |1a| || A |a b| |.| .. |#a| |a\|b| |a\nb|)
(eq? 'abc 'ABC)                         ; => #f
(read-text "#!fold-case ABC")           ; => abc
(read-all "#!fold-case ABC #!no-fold-case ABC") ; => (abc ABC)
(read-text "#!fold-case #\\A")          ; => #\A
(read-text "#!fold-case #\\SPACE")      ; => #\space
(read-text "#!fold-case \"ABC\"")       ; => "ABC"
(read-text "#!fold-case |ABC|")         ; => ABC

;; 2.2 Whitespace and comments
(read-all "a\t b\r\nc\n;x y\nd")        ; => (a b c d)
(read-all "a #| b #| c |# d |# e")      ; => (a e)
(read-all "a #;(b c) d")                ; => (a d)
(read-all "a #; (b c) d")               ; => (a d)
(read-all "(a #;b)")                    ; => ((a))
(read-all "(a . #;b c)")                ; => ((a . c))
(read-all "(a . b #;c)")                ; => ((a . b))
(read-all "#;#;a b c")                  ; => (c)
(read-all "#;(a #;b c) d")              ; => (d)
(read-all "#(a #;b c)")                 ; => (#(a c))
(read-all "#||# a")                     ; => (a)
(read-all "#|a||#b")                    ; => (b)
(read-text "#| open")                   ; !! comment
(read-text "#;")                        ; !! unexpected end of input: the datum comment opened at 1:1 was never closed
(+ 1 #| two |# 3 #;(car 5))             ; => 4

;; 2.3 Other notations
(read-all "'a `a ,a ,@a")               ; => ('a `a ,a ,@a)
(equal? (read-text "'a") '(quote a))    ; => #t
(equal? (read-text "`(a ,b ,@c)") '(quasiquote (a (unquote b) (unquote-splicing c)))) ; => #t
(read-all "#t #f #true #false")         ; => (#t #f #t #f)
(read-all "#T #F #TRUE #False")         ; => (#t #f #t #f)
(read-text "#truex")                    ; !! unknown notation #truex
(read-text "#(1 #(2) \"x\")")           ; => #(1 #(2) "x")
(read-text "#u8(0 10 255)")             ; => #u8(0 10 255)
(read-text "#U8(0 10 255)")             ; => #u8(0 10 255)
(read-text "#u8(256)")                  ; !! each element of #u8(...) must be an exact integer from 0 to 255
(read-text "#u8(-1)")                   ; !! each element of #u8(...) must be an exact integer from 0 to 255
(read-text "#u8(a)")                    ; !! each element of #u8(...) must be an exact integer from 0 to 255
(read-text "(a . b c)")                 ; !! more than one datum after the dot of a list
(read-text "( . b)")                    ; !! there is no datum before the dot
(read-text "(a .)")                     ; !! unexpected ): there is no datum after the dot of a list
(read-text "#(a . b)")                  ; !! unexpected dot
(read-text ")")                         ; !! unexpected )
(read-text "(a")                        ; !! unexpected end of input: the parenthesis opened at 1:1 was never closed
(read-text "\"abc")                     ; !! unexpected end of input: the string opened at 1:1 was never closed
(read-text "|abc")                      ; !! unexpected end of input: the identifier in | opened at 1:1 was never closed
(read-text "'")                         ; !! unexpected end of input: the quotation opened at 1:1 was never closed
(read-text "(a . b)")                   ; => (a . b)
(read-text "(a . (b . (c . ())))")      ; => (a b c)
(read-text "(a .b)")                    ; => (a .b)
(eof-object? (read-text ""))            ; => #t
(eof-object? (read-text " ; nothing"))  ; => #t

;; 2.4 Datum labels
(let ((x (list 'a 'b 'c))) (set-cdr! (cddr x) x) (write x)) ; => #0=(a b c . #0#)
(let ((x (list 'a 'b 'c))) (set-cdr! (cddr x) x) (equal? x (read-text "#0=(a b c . #0#)"))) ; => #t
(let ((x (read-text "(#1=(a) #1# #1#)"))) (and (eq? (car x) (cadr x)) (eq? (car x) (car (cddr x))))) ; => #t
(let ((x (read-text "#0=#(1 #0# 2)"))) (eq? x (vector-ref x 1))) ; => #t
(let ((x (read-text "#1=(#2=(x) #2# . #1#)"))) (and (eq? x (cddr x)) (eq? (car x) (cadr x)))) ; => #t
(let ((x '#0=(a #0#))) (eq? x (cadr x))) ; => #t
(read-text "(#0=1 #0#)")                ; => (1 1)
(read-text "#0=#0#")                    ; !! datum label #0= labels itself
(read-text "#0#")                       ; !! datum label #0# is not defined before it
(read-text "(#0# #0=a)")                ; !! datum label #0# is not defined before it
(read-text "#1=")                       ; !! unexpected end of input: the datum label opened at 1:1 was never closed

;; 7.1.1 Characters
(read-all "#\\a #\\A #\\( #\\space #\\newline #\\x #\\x41 #\\alarm #\\backspace #\\delete #\\escape #\\null #\\return #\\tab #\\λ #\\x3bb #\\; #\\\" #\\#")
                                        ; => (#\a #\A #\( #\space #\newline #\x #\A #\alarm #\backspace #\delete #\escape #\null #\return #\tab #\λ #\λ #\; #\" #\#)
(char->integer (read-text "#\\ "))      ; => 32
(read-all "#\\a(b)")                    ; => (#\a (b))
(read-text "#\\spac")                   ; !! unknown character #\spac
(read-text "#\\x110000")                ; !! unknown character #\x110000
(read-text "#\\xD800")                  ; !! unknown character #\xD800

;; 7.1.1 Strings
"\x41;bc"                               ; => "Abc"
(string->list "\a\b\t\n\r\"\\\|")       ; => (#\alarm #\backspace #\tab #\newline #\return #\" #\\ #\|)
"Here's text \
    containing just one line"           ; => "Here's text containing just one line"
(read-text "\"one \\ \t\n   line\"")        ; => "one line"
(string-length "a
b")                                     ; => 3
(read-text "\"a\r\nb\"")                ; => "a\nb"
(read-text "\"a\\x41\"")                ; !! expected hexadecimal digits and ; after \x
(read-text "\"a\\qb\"")                 ; !! unknown escape \q
(read-text "\"\\x110000;\"")            ; !! there is no such character

;; 7.1.1 Numbers
(read-all "1 +1 -1 01 #b101 #o17 #d10 #xFf #XfF #x-1A") ; => (1 1 -1 1 5 15 10 255 255 -26)
(read-all "1. .5 -.5 +.5 1.5e3 1e3 1E3 1e+3 1e-3") ; => (1.0 0.5 -0.5 0.5 1500.0 1000.0 1000.0 1000.0 0.001)
(read-all "#e1.0 #i1 #e1e3 #i#x10 #x#i10 #e#xff #E1.") ; => (1 1.0 1000 16.0 16.0 255 1)
(read-all "+inf.0 -inf.0 +nan.0 +INF.0 +NaN.0") ; => (+inf.0 -inf.0 +nan.0 +inf.0 +nan.0)
(read-text "123456789012345678901234567890") ; => 123456789012345678901234567890
(read-text "#b102")                     ; !! #b102 is not a number
(read-text "#xfg")                      ; !! #xfg is not a number
(read-text "#e")                        ; !! #e is not a number
(map read-text '("#d1.5" "#d-1" "#b-101" "#o-17" "#xABCDEF" "#XabcDEF" "#B1" "#O7" "#D9")) ; => (1.5 -1 -5 -15 11259375 11259375 1 7 9)
(map read-text '("#b+1" "#x+f" "#e#b11" "#b#e11" "#i#o17" "#o#i17" "#d#e2" "#e#d2")) ; => (1 15 3 3 15.0 15.0 2 2)
(map read-text '("-0" "-0.0" "0e5" "00012" "-.0" "1e-2" "12.50" "1.e2")) ; => (0 -0.0 0.0 12 -0.0 0.01 12.5 100.0)
(eqv? (read-text "-0.0") -0.0)          ; => #t
(map number? (read-all "- + -1 +1 .1 .a ... +.a")) ; => (#f #f #t #t #t #f #f #f)
(read-text "#d#d1")                     ; !! #d#d1
(read-text "#e#i1")                     ; !! #e#i1
(read-text "#i")                        ; !! #i
(read-text "#o8")                       ; !! #o8

;; 2.1: extended alphabetic characters, and letters of any script
(map symbol? (map read-text '("!" "$" "%" "&" "*" "/" ":" "<" "=" ">" "?" "^" "_" "~"))) ; => (#t #t #t #t #t #t #t #t #t #t #t #t #t #t)
(map symbol? (map read-text '("a+" "a-" "a." "a@" "a1" "!1" "été" "日本" "Ω" "a\x200C;b"))) ; => (#t #t #t #t #t #t #t #t #t #t)
(map symbol? (map read-text '("+" "-" "+a" "-a" "++" "--" "-+" "+-" "+..." "...." "..1" "+.a" "-@" "-.." "+/"))) ; => (#t #t #t #t #t #t #t #t #t #t #t #t #t #t #t)
(map symbol? (map read-text '("+i1" "-ix" "+inf" "-inf.00" "+nan" "+nan.01" "+infinity.0"))) ; => (#t #t #t #t #t #t #t)
(map (lambda (s) (symbol->string (read-text s))) '("|a\\|b|" "|\\\\|" "|\\a\\b\\t\\n\\r|" "|(|" "|;|" "|#\\||" "|\"|")) ; => ("a|b" "\\" "\a\b\t\n\r" "(" ";" "#|" "\"")
(symbol->string (read-text "|a\nb|"))   ; => "a\nb"
(symbol->string (read-text "|\\x41;\\x3bb;|")) ; => "Aλ"
(read-text "|\\q|")                     ; !!
(eq? 'Lambda 'lambda)                   ; => #f
(let ((|a b| 1) (|A| 2)) (+ |a b| A))   ; => 3
(map (lambda (s) (let ((p (open-output-string))) (write (string->symbol s) p) (get-output-string p)))
     '("+i" "-inf.0" "1/2" "-" "+" "..." "a;b" "a'b" "'" "," "`" "#foo" "a#" "1+" "+1" "λ" ")"))
                                        ; => ("|+i|" "|-inf.0|" "|1/2|" "-" "+" "..." "|a;b|" "|a'b|" "|'|" "|,|" "|`|" "|#foo|" "|a#|" "|1+|" "|+1|" "|λ|" "|)|")
;; What is written as a symbol reads as the same symbol
(define (symbol-comes-back? s)
  (let ((p (open-output-string)))
    (write (string->symbol s) p)
    (eq? (string->symbol s) (read-text (get-output-string p)))))
(map symbol-comes-back? '("a" "" "." "1" "a b" "A" "\x0;" "\x7f;" "|" "\\" "#t" "#!eof" "#|" "x;y" "\"" "ß" "\t" "+nan.0" "1e3" "\x3000;"))
                                        ; => (#t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t)

;; 2.1: the directives say how what follows them is read, and are comments
(read-all "#!fold-case FOO #!no-fold-case FOO #!fold-case Bar") ; => (foo FOO bar)
(read-all "(A #!fold-case B) C")        ; => ((A b) c)
(read-all "#!fold-case ΛΣ Straße")      ; => (|λσ| strasse)
(read-all "a #!FOLD-CASE X")            ; !! #!FOLD-CASE
(read-all "a #!no-such-directive x")    ; !! #!no-such-directive
(let ((p (open-input-string "#!fold-case ABC")) (q (open-input-string "ABC"))) (list (read p) (read q))) ; => (abc ABC)
(read-all "#!fold-case #T #TRUE #\\NEWLINE #\\X41 #\\Q") ; => (#t #t #\newline #\A #\Q)

;; 2.2
(read-all "a;x\rb")                     ; => (a b)
(read-all "a;x\r\nb")                   ; => (a b)
(read-all "(a;comment\n b)")            ; => ((a b))
(read-all "#| | # |# a #|#|#||#|#|# b") ; => (a b)
(read-all "#|;|# a")                    ; => (a)
(read-all ";#|\na")                     ; => (a)
(read-all "\"#|\" a \"|#\"")            ; => ("#|" a "|#")
(read-all "#; a b")                     ; => (b)
(read-all "#;a")                        ; => ()
(read-all "#;'a b")                     ; => (b)
(read-all "#;#u8(1 2) b")               ; => (b)
(read-all "#;\"a\" b")                  ; => (b)
(read-all "#;#;#;a b c d")              ; => (d)
(read-all "'#;a b")                     ; => ('b)
(read-all "(#;a . #;b c)")              ; !!
(read-all "(a #;b . #;c d #;e)")        ; => ((a . d))
(read-all "#u8(1 #;2 3)")               ; => (#u8(1 3))
(read-all "(a #;)")                     ; !!

;; 2.3: delimiters
(read-all "(a(b)c)\"d\"e;f\n(g)")       ; => ((a (b) c) "d" e (g))
(read-all "a\"b\"")                     ; => (a "b")
(read-all "(a'b)")                      ; !!
(read-all "1(2)")                       ; => (1 (2))
(read-all "#t(#f)")                     ; => (#t (#f))
(read-all "#\\a\"b\"")                  ; => (#\a "b")
(read-text "#tr")                       ; !! #tr
(read-text "#falsey")                   ; !! #falsey
(read-text "#\\ab")                     ; !! #\ab
(read-text "1a")                        ; !! 1a
(map (lambda (c) (char->integer (read-text (string #\# #\\ c)))) (string->list "();\"'|#` ")) ; => (40 41 59 34 39 124 35 96 32)
(read-all "#\\;a")                      ; !!
(read-all "'() '#() '\"\" #u8()")       ; => ('() '#() '"" #u8())
(equal? (read-text "''a") '(quote (quote a))) ; => #t
(equal? (read-text "' a") '(quote a))   ; => #t
(equal? (read-text "`(1 `,(2 ,@x))") '(quasiquote (1 (quasiquote (unquote (2 (unquote-splicing x))))))) ; => #t
(equal? (read-text ", @a") '(unquote @a)) ; => #t
(equal? (read-text ",@a") '(unquote-splicing a)) ; => #t
(read-text "(a . (b))")                 ; => (a b)
(read-text "(. a)")                     ; !!
(read-text "(a . b . c)")               ; !!
(read-text "(a . . b)")                 ; !!
(read-text ".")                         ; !!
(read-text "(a ..)")                    ; => (a ..)
(read-text "#(")                        ; !!
(read-text "#u8(1")                     ; !!
(read-text "#u8(1.0)")                  ; !!
(read-text "#u8(1 . 2)")                ; !!
(read-text "#u8((1))")                  ; !!
(read-text "`")                         ; !!
(read-text ",@")                        ; !!
(read-text "#")                         ; !!
(read-text "#<foo>")                    ; !!
(read-text "#\\")                       ; !!

;; 2.4: labels in all kinds of data, and again in the next datum
(read-all "(#0=a #0#) (#0=b #0#)")      ; => ((a a) (b b))
(read-all "#0=a #0#")                   ; !!
(let ((x (read-text "#0=(#1=#(#0# #1#) . #1#)"))) (list (eq? x (vector-ref (car x) 0)) (eq? (car x) (vector-ref (car x) 1)) (eq? (car x) (cdr x)))) ; => (#t #t #t)
(let ((x (read-text "(#0=\"abc\" #0#)"))) (eq? (car x) (cadr x))) ; => #t
(let ((x (read-text "(#0=#u8(1) #0#)"))) (eq? (car x) (cadr x))) ; => #t
(let ((x (read-text "#0='#0#"))) (eq? x (cadr x))) ; => #t
(let ((x (read-text "#123456=(#123456#)"))) (eq? x (car x))) ; => #t
(read-text "(#0=() #0#)")               ; => (() ())
(read-text "(#0=#\\a #0#)")             ; => (#\a #\a)
(read-text "(#0=#1=a #0# #1#)")         ; => (a a a)
(read-text "(#0=a #0=b #0#)")           ; !!
(read-text "#0 a")                      ; !!
(read-text "(#0#)")                     ; !!

;; 7.1.1: characters and strings
(map (lambda (c) (char->integer c)) '(#\alarm #\backspace #\delete #\escape #\newline #\null #\return #\space #\tab)) ; => (7 8 127 27 10 0 13 32 9)
(map read-text '("#\\x0" "#\\x7e" "#\\x10FFFF" "#\\xe9" "#\\X" "#\\x" "#\\x(")) ; => (#\null #\~ #\x10ffff #\é #\X #\x #\x)
(read-text "#\\xdfff")                  ; !!
(read-text "#\\x41;")                   ; => #\A
(read-text "#\\Space")                  ; !!
(read-text "#\\NUL")                    ; !!
(map string-length '("" "a" "\n" "\\" "\"" "\x0;" "\x1F600;" "a\
   b" "\a\b\t\r\|")) ; => (0 1 1 1 1 1 1 2 5)
(read-text "\"a\\\n   b\"")             ; => "ab"
(read-text "\"a\\   \n   b\"")          ; => "ab"
(read-text "\"a\\\r\n\tb\"")            ; => "ab"
(read-text "\"a\\\n\nb\"")              ; => "a\nb"
(read-text "\"a\\   b\"")               ; !!
(read-text "\"\\x;\"")                  ; !!
(read-text "\"\\xg;\"")                 ; !!
(read-text "\"\\xd800;\"")              ; !!
(read-text "\"\\")                      ; !!
(read-text "\"\\X41;\"")                ; => "A"
"a;b#|c|#d"                             ; => "a;b#|c|#d"
