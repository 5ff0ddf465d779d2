;; Sections 6.6 characters, 6.7 strings, 6.8 vectors, 6.9 bytevectors: each entry, sentence by sentence.
(import (scheme base) (scheme char) (scheme inexact) (scheme write))

;; 6.6: case is significant in #\character and the names of characters, not in hexadecimal digits
(list #\a #\A #\( #\space #\x #\x41 #\x03bb #\x3BB #\x10FFFF) ; => (#\a #\A #\( #\space #\x #\A #\λ #\λ #\x10ffff)
(map char->integer '(#\alarm #\backspace #\delete #\escape #\newline #\null #\return #\space #\tab)) ; => (7 8 127 27 10 0 13 32 9)
(map char? (list #\a "a" 'a 97 #\newline)) ; => (#t #f #f #f #t)
(char=? #\a #\a #\a)                    ; => #t
(list (char<? #\a #\b #\c) (char<? #\a #\c #\b) (char<=? #\a #\a #\b) (char>? #\c #\b #\a) (char>=? #\b #\b #\a) (char>=? #\a #\b)) ; => (#t #f #t #t #t #f)
(list (char<? #\A #\a) (char<? #\Z #\a) (char<? #\z #\é)) ; => (#t #t #t)
(list (char-ci=? #\a #\A) (char-ci<? #\a #\B) (char-ci<? #\B #\a) (char-ci<=? #\A #\a #\B) (char-ci>? #\B #\a) (char-ci>=? #\b #\A #\a)) ; => (#t #t #f #t #t #t)
(char-ci=? #\σ #\ς #\Σ)                 ; => #t
(list (char-upper-case? #\A) (char-upper-case? #\a) (char-lower-case? #\a) (char-lower-case? #\A) (char-upper-case? #\1) (char-lower-case? #\1)) ; => (#t #f #t #f #f #f)
(list (char-upper-case? #\Σ) (char-lower-case? #\ς) (char-lower-case? #\ß)) ; => (#t #t #t)
(list (char-alphabetic? #\é) (char-alphabetic? #\_) (char-alphabetic? #\中) (char-numeric? #\٣) (char-whitespace? #\x2003)) ; => (#t #f #t #t #t)
(map digit-value '(#\0 #\9 #\a #\space #\٤ #\x0AE6 #\x0EA6)) ; => (0 9 #f #f 4 0 #f)
(list (char->integer #\A) (integer->char 955) (integer->char 0) (integer->char #x10FFFF)) ; => (65 #\λ #\null #\x10ffff)
(let loop ((i 0)) (cond ((> i #xD7FF) (quote all)) ((= i (char->integer (integer->char i))) (loop (+ i 97))) (else i))) ; => all
(map (lambda (n) (guard (e (#t 'error)) (char->integer (integer->char n)))) '(#xD7FF #xD800 #xDFFF #xE000 #x110000 -1)) ; => (55295 error error 57344 error error)
(list (char-upcase #\a) (char-downcase #\A) (char-foldcase #\A) (char-upcase #\ÿ) (char-upcase #\ı) (char-foldcase #\ẞ)) ; => (#\A #\a #\a #\Ÿ #\I #\ß)
(list (char-upcase #\ß) (char-downcase #\ς) (char-upcase #\ς)) ; => (#\ß #\ς #\Σ)
(char->integer "a")                     ; !! char->integer
(char-ci=? #\a "a")                     ; !! char-ci=?
(char-numeric? 5)                       ; !! char-numeric?

;; 6.7: escapes in strings
"The word \"recursion\" has many meanings." ; => "The word \"recursion\" has many meanings."
"Another example:\ntwo lines of text"   ; => "Another example:\ntwo lines of text"
"Here's text \
   containing just one line"            ; => "Here's text containing just one line"
"\x03B1; is named GREEK SMALL LETTER ALPHA." ; => "α is named GREEK SMALL LETTER ALPHA."
(map string-length '("" "\\" "\"" "\a\b\t\n\r" "\x41;" "\|" "a\
    b" "a
b"))                                    ; => (0 1 1 5 1 1 2 3)
(list (string? "") (string? #\a) (string? 'a) (string? #u8(1))) ; => (#t #f #f #f)
(let ((s (make-string 2 #\λ))) (list s (string-length s))) ; => ("λλ" 2)
(make-string 0)                         ; => ""
(make-string 0 #\a)                     ; => ""
(string #\a #\λ #\x1F600)               ; => "aλ😀"
(let ((s (string #\a))) (string-set! s 0 #\b) s) ; => "b"
(string 'a)                             ; !! string
(string-length "a\x0;b")                ; => 3
(string-ref "a\x0;b" 1)                 ; => #\null
(let ((s (string #\a #\b))) (string-set! s 1 #\x10FFFF) (string-set! s 0 #\null) (list (string-ref s 0) (string-ref s 1))) ; => (#\null #\x10ffff)
(let ((s (string #\λ #\b))) (string-set! s 0 #\a) (list s (string=? s "ab") (equal? s "ab") (string<? s "b"))) ; => ("ab" #t #t #t)
(string-set! "abc" 1 #\x)               ; !! string-set!
;; comparisons are lexicographic by character, and an extension is greater
(list (string<? "a" "a") (string<? "a" "b") (string<? "b" "a") (string<? "a" "aa") (string<? "" "") (string<? "B" "a")) ; => (#f #t #f #t #f #t)
(list (string>? "aa" "a") (string<=? "a" "a" "b" "b") (string>=? "b" "b" "c") (string=? "" "" "")) ; => (#t #t #f #t)
(list (string=? "a" "a" "b") (string<? "a" "b" "b")) ; => (#f #f)
(string-ci=? "ΑΣ" "ας" "ασ")            ; => #t
(list (string-ci<? "abc" "ABD") (string-ci>? "b" "A" "a") (string-ci<=? "A" "a" "B") (string-ci>=? "B" "b" "A")) ; => (#t #f #t #t)
(string-ci=? "a" 'a)                    ; !! string-ci=?
(list (string-upcase "abcß") (string-downcase "ABCΣ") (string-foldcase "ABCß") (string-upcase "ﬃ")) ; => ("ABCSS" "abcς" "abcss" "FFI")
(list (string-upcase "") (let ((s "abc")) (eq? s (string-upcase s)))) ; => ("" #f)
(let ((s (substring "hello" 1 4))) (string-set! s 0 #\E) s) ; => "Ell"
(substring "hello" 5 5)                 ; => ""
(substring "hello" 4 6)                 ; !! substring
(substring 'hello 0 1)                  ; !! substring
(substring "hello" 1.0 2)               ; !! substring
(string-append "α" "" "b" "😀")          ; => "αb😀"
(let ((l (string->list "aλb" 1 3))) (list l (list->string l))) ; => ((#\λ #\b) "λb")
(string->list "abc" 3)                  ; => ()
(string->list "abc" 2 1)                ; !! string->list
(string->list "abc" 0 4)                ; !! string->list
(list->string '(#\a "b"))               ; !! list->string
(list->string '#0=(#\a . #0#))          ; !! list->string
(string-copy "abc")                     ; => "abc"
(string-copy "abc" 1)                   ; => "bc"
(string-copy "abc" 3 3)                 ; => ""
(string-copy "abc" 4)                   ; !! string-copy
(string-copy "abc" 2 1)                 ; !! string-copy
(let ((s "abc")) (eq? s (string-copy s))) ; => #f
(let ((s (string #\1 #\2 #\3 #\4 #\5))) (string-copy! s 1 s 0 4) s) ; => "11234"
(let ((s (string #\1 #\2 #\3 #\4 #\5))) (string-copy! s 0 s 1 5) s) ; => "23455"
(let ((s (string #\1 #\2 #\3))) (string-copy! s 1 "λμ") s) ; => "1λμ"
(let ((s (string #\1 #\2))) (string-copy! s 2 "") (string-copy! s 0 "xyz" 3) s) ; => "12"
(string-copy! (make-string 2 #\a) -1 "b") ; !! string-copy!
(string-copy! (make-string 2 #\a) 0 "bcd" 0 3) ; !! string-copy!
(string-copy! (make-string 2 #\a) 0 "bcd" 2 1) ; !! string-copy!
(let ((s (make-string 3 #\a))) (string-fill! s #\b) (string-fill! s #\c 2) (string-fill! s #\d 1 2) s) ; => "bdc"
(string-fill! (make-string 3 #\a) #\b 2 1) ; !! string-fill!
(string-fill! (make-string 3 #\a) #\b 0 4) ; !! string-fill!

;; 6.8: vectors evaluate to themselves; elements 0 to length - 1
(list #(1 2) (vector-length #()) (vector-length #(1 2 3))) ; => (#(1 2) 0 3)
(map vector? (list #() '(1) "ab" #u8(1) (make-vector 1 0))) ; => (#t #f #f #f #t)
(let* ((x (list 1)) (v (make-vector 2 x))) (list (eq? (vector-ref v 0) x) (eq? (vector-ref v 1) x))) ; => (#t #t)
(make-vector 0)                         ; => #()
(make-vector 0 1)                       ; => #()
(make-vector 'a)                        ; !! make-vector
(let ((v (vector 1 2))) (vector-set! v 0 v) (eq? (vector-ref v 0) v)) ; => #t
(vector-ref '#(1 1 2 3 5 8 13 21) (exact (round (* 2 (acos -1))))) ; => 13
(vector-ref #(1 2 3) 1/2)               ; !! vector-ref
(vector-set! (vector 1 2) 2 0)          ; !! vector-set!
(vector-set! '(1) 0 0)                  ; !! vector-set!
(vector->list #(1 2 3) 1 1)             ; => ()
(vector->list #(1 2 3) 2 1)             ; !! vector->list
(vector->list #(1 2 3) 0 4)             ; !! vector->list
(let ((v (list->vector (list 1 2)))) (vector-set! v 0 'x) v) ; => #(x 2)
(list->vector '())                      ; => #()
(list->vector '#0=(1 . #0#))            ; !! list->vector
(list->vector 5)                        ; !! list->vector
(vector->string #())                    ; => ""
(vector->string #(#\a #\b #\c) 1 2)     ; => "b"
(vector->string #(#\a 1))               ; !! vector->string
(vector->string #(#\a) 0 2)             ; !! vector->string
(string->vector "")                     ; => #()
(string->vector "aλc" 1)                ; => #(#\λ #\c)
(string->vector "abc" 4)                ; !! string->vector
(vector-copy #())                       ; => #()
(vector-copy #(1 2 3) 1)                ; => #(2 3)
(vector-copy #(1 2 3) 3)                ; => #()
(vector-copy #(1 2 3) 1 4)              ; !! vector-copy
(let* ((x (list 1)) (v (vector-copy (vector x)))) (eq? (vector-ref v 0) x)) ; => #t
(let ((v (vector 1 2 3 4 5))) (vector-copy! v 1 v 0 4) v) ; => #(1 1 2 3 4)
(let ((v (vector 1 2 3))) (vector-copy! v 3 #()) (vector-copy! v 0 #(a b) 1) v) ; => #(b 2 3)
(vector-copy! (vector 1 2) 0 #(1 2 3))  ; !! vector-copy!
(vector-copy! (vector 1 2) 3 #())       ; !! vector-copy!
(vector-copy! (vector 1 2) 0 #(1) 1 0)  ; !! vector-copy!
(vector-append #(1) #() #(2 3))         ; => #(1 2 3)
(let* ((v (vector 1)) (w (vector-append v))) (eq? v w)) ; => #f
(let ((v (vector 1 2 3))) (vector-fill! v 'a) (vector-fill! v 'b 1) (vector-fill! v 'c 2 3) v) ; => #(a b c)
(vector-fill! (vector 1 2) 0 1 3)       ; !! vector-fill!
(vector-fill! (vector 1 2) 0 2 1)       ; !! vector-fill!

;; 6.9: bytes are exact integers from 0 to 255
(list #u8(0 10 5) (bytevector? #u8()) (bytevector? #(1)) (vector? #u8(1))) ; => (#u8(0 10 5) #t #f #f)
(make-bytevector 0)                     ; => #u8()
(make-bytevector 2 12)                  ; => #u8(12 12)
(make-bytevector 2 1.0)                 ; !! make-bytevector
(make-bytevector -1 0)                  ; !! make-bytevector
(bytevector 0 255)                      ; => #u8(0 255)
(bytevector 1 -1)                       ; !! bytevector
(bytevector-u8-ref #u8(1 2) -1)         ; !! bytevector-u8-ref
(bytevector-u8-ref #(1 2) 0)            ; !! bytevector-u8-ref
(bytevector-u8-set! (bytevector 1) 1 0) ; !! bytevector-u8-set!
(bytevector-u8-set! (bytevector 1) 0 'a) ; !! bytevector-u8-set!
(bytevector-length "ab")                ; !! bytevector-length
(list (bytevector-copy #u8(1 2 3)) (bytevector-copy #u8(1 2 3) 1) (bytevector-copy #u8(1 2 3) 3)) ; => (#u8(1 2 3) #u8(2 3) #u8())
(bytevector-copy #u8(1 2 3) 2 1)        ; !! bytevector-copy
(bytevector-copy #u8(1 2 3) 0 4)        ; !! bytevector-copy
(let ((b (bytevector 1 2 3 4 5))) (bytevector-copy! b 1 b 0 4) b) ; => #u8(1 1 2 3 4)
(let ((b (bytevector 1 2 3 4 5))) (bytevector-copy! b 0 b 1) b) ; => #u8(2 3 4 5 5)
(bytevector-copy! (bytevector 1 2) 1 #u8(1 2)) ; !! bytevector-copy!
(bytevector-copy! (bytevector 1 2) 3 #u8()) ; !! bytevector-copy!
(bytevector-append)                     ; => #u8()
(bytevector-append #u8() #u8(1) #u8(2 3)) ; => #u8(1 2 3)
(utf8->string #u8(#xCE #xBB))           ; => "λ"
(utf8->string #u8())                    ; => ""
(utf8->string #u8(97 #xCE #xBB 98) 1 3) ; => "λ"
(string->utf8 "aλ😀")                    ; => #u8(97 206 187 240 159 152 128)
(string->utf8 "aλb" 1 2)                ; => #u8(206 187)
(string->utf8 "abc" 3)                  ; => #u8()
(string->utf8 "abc" 2 1)                ; !! string->utf8
(string->utf8 "abc" 4)                  ; !! string->utf8
(utf8->string "abc")                    ; !! utf8->string
(utf8->string #u8(65 66) 2 1)           ; !! utf8->string
(string=? (utf8->string (string->utf8 "Straße λ 😀")) "Straße λ 😀") ; => #t
