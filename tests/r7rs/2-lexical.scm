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
