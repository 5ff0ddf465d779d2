;; Sections 6.6 characters, 6.7 strings, 6.8 vectors, 6.9 bytevectors.
(import (scheme base) (scheme char) (scheme write))

;; 6.6
'(#\iota #\a)                           ; !!
'(#\alarm #\backspace #\escape #\newline #\return #\space #\tab #\( #\x)
                                        ; => (#\alarm #\backspace #\escape #\newline #\return #\space #\tab #\( #\x)
'(#\x7f #\x00 #\x41 #\x03BB)            ; => (#\delete #\null #\A #\λ)
(char<? #\a #\b #\c)                    ; => #t
(char-ci=? #\a #\A #\a)                 ; => #t
(map char-alphabetic? '(#\a #\A #\1 #\space #\λ)) ; => (#t #t #f #f #t)
(map char-numeric? '(#\1 #\a #\x0664 #\x0AE6)) ; => (#t #f #t #t)
(map digit-value '(#\3 #\x0664 #\x0AE6 #\x0EA6 #\a)) ; => (3 4 0 #f #f)
(map char-whitespace? '(#\space #\newline #\a #\x00A0 #\x3000)) ; => (#t #t #f #t #t)
(map char-upcase '(#\i #\ß #\λ #\1))    ; => (#\I #\ß #\Λ #\1)
(map char-downcase '(#\I #\Λ #\x130))   ; => (#\i #\λ #\i)
(map char-foldcase '(#\A #\Σ #\ς))      ; => (#\a #\σ #\σ)
(char=? #\a 1)                          ; !! char=?
(char<? #\b #\a 1)                      ; !! char<?
(char-upcase "a")                       ; !! char-upcase
(integer->char #xD800)                  ; !! integer->char
(integer->char 65.0)                    ; !! integer->char
(digit-value 3)                         ; !! digit-value

;; 6.7
(string? "a")                           ; => #t
(string? 'a)                            ; => #f
(make-string 3 #\-)                     ; => "---"
(string-length (make-string 5))         ; => 5
(make-string -1 #\a)                    ; !! make-string
(make-string 2 "a")                     ; !! make-string
(string #\a #\b)                        ; => "ab"
(string)                                ; => ""
(string-length "aλb")                   ; => 3
(string-length 'a)                      ; !! string-length
(string-ref "aλb" 1)                    ; => #\λ
(string-ref "abc" 3)                    ; !! string-ref
(string-ref "abc" -1)                   ; !! string-ref
(string-ref "abc" 1.0)                  ; !! string-ref
(string-ref "" 0)                       ; !! string-ref
(define (f) (make-string 3 #\*))
(define (g) "***")
(let ((s (f))) (string-set! s 0 #\?) s) ; => "?**"
(string-set! (g) 0 #\?)                 ; !! string-set!
(string-set! (symbol->string 'immutable) 0 #\?) ; !! string-set!
(string-set! (make-string 2 #\a) 2 #\b) ; !! string-set!
(string-set! (make-string 2 #\a) 0 "b") ; !! string-set!
(let ((s (make-string 3 #\a))) (string-set! s 1 #\x1F600) (string-set! s 2 #\λ) (list s (string-length s) (string-ref s 2))) ; => ("a😀λ" 3 #\λ)
(string=? "abc" "abc" "abc")            ; => #t
(string=? "abc" "abd")                  ; => #f
(string<? "abc" "abd" "b")              ; => #t
(string<? "ab" "abc")                   ; => #t
(string<? "" "a")                       ; => #t
(string>? "b" "abc")                    ; => #t
(string<=? "a" "a" "b")                 ; => #t
(string>=? "b" "a" "a")                 ; => #t
(string<? "\xFFFF;" "\x10000;")         ; => #t
(string-ci=? "Straße" "STRASSE")        ; => #t
(string-ci<? "a" "B")                   ; => #t
(string-ci>? "B" "a")                   ; => #t
(string-ci<=? "a" "A")                  ; => #t
(string-ci>=? "a" "A")                  ; => #t
(string=? "a" 'a)                       ; !! string=?
(string<? "b" "a" 'a)                   ; !! string<?
(string-upcase "Straße ab")             ; => "STRASSE AB"
(string-downcase "ΧΑΟΣ ΧΑΟΣΣ")          ; => "χαος χαοσς"
(string-foldcase "ΧΑΟΣ Straße")         ; => "χαοσ strasse"
(substring "abcde" 1 3)                 ; => "bc"
(substring "abc" 0 0)                   ; => ""
(substring "abc" 2 1)                   ; !! substring
(substring "abc" 0 4)                   ; !! substring
(substring "abc" 1)                     ; !! argument
(string-append)                         ; => ""
(string-append "a" "" "bλ")             ; => "abλ"
(string-append "a" 'b)                  ; !! string-append
(let ((s "a")) (eq? s (string-append s))) ; => #f
(string->list "abc")                    ; => (#\a #\b #\c)
(string->list "abc" 1)                  ; => (#\b #\c)
(string->list "abc" 1 2)                ; => (#\b)
(string->list "abc" 4)                  ; !! string->list
(list->string '(#\a #\λ))               ; => "aλ"
(list->string '())                      ; => ""
(list->string '(1))                     ; !! list->string
(list->string '(#\a . #\b))             ; !! list->string
(string-copy "hello" 1 3)               ; => "el"
(let ((s (string-copy "abc"))) (string-set! s 0 #\x) s) ; => "xbc"
(define a "12345")
(define b (string-copy "abcde"))
(string-copy! b 1 a 0 2)
b                                       ; => "a12de"
(let ((s (string-copy "abcde"))) (string-copy! s 1 s 0 3) s) ; => "aabce"
(let ((s (string-copy "abcde"))) (string-copy! s 0 s 2) s) ; => "cdede"
(string-copy! (string-copy "ab") 1 "xyz") ; !! string-copy!
(string-copy! "ab" 0 "x")               ; !! string-copy!
(string-copy! (string-copy "ab") 3 "")  ; !! string-copy!
(let ((s (make-string 4 #\a))) (string-fill! s #\λ 1 3) s) ; => "aλλa"
(string-fill! "abc" #\a)                ; !! string-fill!
(string-fill! (make-string 2) 1)        ; !! string-fill!

;; 6.8
(vector? #(1))                          ; => #t
(vector? '(1))                          ; => #f
(make-vector 2 'a)                      ; => #(a a)
(vector-length (make-vector 3))         ; => 3
(make-vector -1)                        ; !! make-vector
(make-vector 1.5)                       ; !! make-vector
(vector 'a 'b 'c)                       ; => #(a b c)
(vector)                                ; => #()
(vector-ref '#(1 1 2 3 5 8 13 21) 5)    ; => 8
(vector-ref #(1 2) 2)                   ; !! vector-ref
(vector-ref '(1 2) 0)                   ; !! vector-ref
(vector-ref #(1 2) -1)                  ; !! vector-ref
(vector-ref #(1 2) 1.0)                 ; !! vector-ref
(vector-ref #(1 2) (expt 10 20))        ; !! vector-ref
(let ((vec (vector 0 '(2 2 2 2) "Anna"))) (vector-set! vec 1 '("Sue" "Sue")) vec) ; => #(0 ("Sue" "Sue") "Anna")
(vector-set! '#(0 1 2) 1 "doe")         ; !! vector-set!
(vector->list '#(dah dah didah))        ; => (dah dah didah)
(vector->list '#(dah dah didah) 1)      ; => (dah didah)
(vector->list '#(dah dah didah) 1 2)    ; => (dah)
(vector->list #(1 2) 3)                 ; !! vector->list
(list->vector '(dididit dah))           ; => #(dididit dah)
(list->vector '(1 . 2))                 ; !! list->vector
(string->vector "ABC")                  ; => #(#\A #\B #\C)
(string->vector "ABC" 1 2)              ; => #(#\B)
(vector->string #(#\1 #\2 #\3))         ; => "123"
(vector->string #(#\1 #\2 #\3) 1)       ; => "23"
(vector->string #(1))                   ; !! vector->string
(define v1 #(1 8 2 8))
(define v2 (vector-copy v1))
(vector-set! v2 0 3)
v2                                      ; => #(3 8 2 8)
(vector-copy v2 1 3)                    ; => #(8 2)
(vector-copy v2 3 1)                    ; !! vector-copy
(define va #(1 2 3 4 5))
(define vb (vector 10 20 30 40 50))
(vector-copy! vb 1 va 0 2)
vb                                      ; => #(10 1 2 40 50)
(let ((v (vector 1 2 3 4 5))) (vector-copy! v 1 v 0 3) v) ; => #(1 1 2 3 5)
(let ((v (vector 1 2 3 4 5))) (vector-copy! v 0 v 2) v) ; => #(3 4 5 4 5)
(vector-copy! (vector 1 2) 1 #(1 2))    ; !! vector-copy!
(vector-copy! #(1 2) 0 #(1))            ; !! vector-copy!
(vector-append #(a b c) #(d e f))       ; => #(a b c d e f)
(vector-append)                         ; => #()
(vector-append #(a) '(b))               ; !! vector-append
(define a5 (vector 1 2 3 4 5))
(vector-fill! a5 'smash 2 4)
a5                                      ; => #(1 2 smash smash 5)
(vector-fill! #(1) 2)                   ; !! vector-fill!

;; 6.9
(bytevector? #u8(1))                    ; => #t
(bytevector? "a")                       ; => #f
(make-bytevector 2 12)                  ; => #u8(12 12)
(make-bytevector 2 256)                 ; !! make-bytevector
(make-bytevector 2 -1)                  ; !! make-bytevector
(bytevector 1 3 5 1 3 5)                ; => #u8(1 3 5 1 3 5)
(bytevector)                            ; => #u8()
(bytevector 256)                        ; !! bytevector
(bytevector 'a)                         ; !! bytevector
(bytevector-u8-ref '#u8(1 1 2 3 5 8 13 21) 5) ; => 8
(bytevector-u8-ref #u8(1) 1)            ; !! bytevector-u8-ref
(let ((bv (bytevector 1 2 3 4))) (bytevector-u8-set! bv 1 3) bv) ; => #u8(1 3 3 4)
(bytevector-u8-set! (bytevector 1) 0 256) ; !! bytevector-u8-set!
(bytevector-u8-set! #u8(1) 0 2)         ; !! bytevector-u8-set!
(bytevector-copy #u8(1 2 3 4 5) 2 4)    ; => #u8(3 4)
(let ((a (bytevector 1 2 3 4 5)) (b (bytevector 10 20 30 40 50))) (bytevector-copy! b 1 a 0 2) b) ; => #u8(10 1 2 40 50)
(let ((b (bytevector 1 2 3 4 5))) (bytevector-copy! b 1 b 0 3) b) ; => #u8(1 1 2 3 5)
(bytevector-copy! (bytevector 1) 0 #u8(1 2)) ; !! bytevector-copy!
(bytevector-append (bytevector 0 1 2) (bytevector 3 4 5)) ; => #u8(0 1 2 3 4 5)
(bytevector-append #u8(1) "a")          ; !! bytevector-append
(bytevector-length #u8(1 2))            ; => 2
(utf8->string #u8(#x41))                ; => "A"
(string->utf8 "λ")                      ; => #u8(206 187)
(string->utf8 "abλ" 1)                  ; => #u8(98 206 187)
(string->utf8 "abλ" 1 2)                ; => #u8(98)
(utf8->string #u8(65 66 67) 1 2)        ; => "B"
(utf8->string #u8(65 66 67) 1)          ; => "BC"
(utf8->string #u8(65) 2)                ; !! utf8->string
