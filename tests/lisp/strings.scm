;; Strings: section 6.7.
(import (scheme base) (scheme char) (scheme write))

(write (string? "a"))                   ; => #t
(write (string? #\a))                   ; => #f
(write (make-string 3 #\x))             ; => "xxx"
(write (string-length (make-string 5))) ; => 5
(write (make-string 2 #\λ))             ; => "λλ"
(make-string -1 #\a)                    ; !! make-string: expected an exact nonnegative integer as argument 1, got -1
(make-string 2 65)                      ; !! make-string: expected a character as argument 2, got 65
(make-string 1000000000000000)          ; !! make-string
(make-string 100000000000000000000000000) ; !! make-string
(write (string))                        ; => ""
(write (string #\a #\λ #\z))            ; => "aλz"
(string #\a 'b)                         ; !! string: expected a character as argument 2, got b
(write (string-length "λαμβδα"))        ; => 6
(string-length 'a)                      ; !! string-length: expected a string as argument 1, got a
(write (string-ref "aλz" 1))            ; => #\λ
(string-ref "abc" 3)                    ; !! string-ref: index 3 out of range for a string of length 3
(string-ref "abc" -1)                   ; !! string-ref
(string-ref "abc" 1.0)                  ; !! string-ref

;; Assignment widens a string when it has to
(define s (make-string 3 #\*))
(let () (string-set! s 0 #\?) (write s)) ; => "?**"
(let () (string-set! s 1 #\λ) (write s)) ; => "?λ*"
(let () (string-set! s 2 #\x1F600) (write (string-length s)) (write (string-ref s 0))) ; => 3#\?
(string-set! "abc" 0 #\x)               ; !! string-set!
(string-set! (symbol->string 'abc) 0 #\x) ; !! string-set!
(string-set! (string #\a) 1 #\x)        ; !! string-set!: index 1 out of range for a string of length 1
(string-set! (string #\a) 0 "x")        ; !! string-set!: expected a character as argument 3

;; Comparisons
(write (string=? "abc" "abc" "abc"))    ; => #t
(write (string=? "abc" "abd"))          ; => #f
(write (string=? "" ""))                ; => #t
(write (string<? "a" "ab" "b"))         ; => #t
(write (string<? "a" "a"))              ; => #f
(write (string>? "b" "ab" "a"))         ; => #t
(write (string<=? "a" "a" "b"))         ; => #t
(write (string>=? "b" "a" "a"))         ; => #t
(write (string<? "z" "λ"))              ; => #t
(write (string<? "λ" "𝄞"))              ; => #t
(string=? "a" 'b)                       ; !! string=?: expected a string as argument 2, got b
(string<? "b" "a" 5)                    ; !! string<?: expected a string as argument 3, got 5
(write (string-ci=? "Straße" "STRASSE" "strasse"))                      ; => #t
(write (string-ci=? "ΧΑΟΣ" "χαος" "χαοσ"))                              ; => #t
(write (string-ci<? "abc" "ABD"))       ; => #t
(write (string-ci<=? "ABC" "abc"))      ; => #t
(write (string-ci>? "b" "A"))           ; => #t
(write (string-ci>=? "A" "b"))          ; => #f

;; Case: full mappings
(write (string-upcase "Straße"))        ; => "STRASSE"
(write (string-downcase "ΧΑΟΣ ΧΑΟΣ"))   ; => "χαος χαος"
(write (string-foldcase "ΧΑΟΣ"))        ; => "χαοσ"
(write (string-upcase "hello"))         ; => "HELLO"
(write (string-downcase "HeLLo 1"))     ; => "hello 1"
(write (string-upcase "ÿµ"))            ; => "ŸΜ"
(write (string-upcase ""))              ; => ""
(string-upcase 'a)                      ; !! string-upcase: expected a string as argument 1, got a
(let ((s (string-upcase "abc"))) (string-set! s 0 #\z) (write s))       ; => "zBC"

;; Copies
(write (substring "hello" 1 3))         ; => "el"
(write (substring "hello" 2 2))         ; => ""
(substring "hello" 3 2)                 ; !! substring
(substring "hello" 0 6)                 ; !! substring
(write (string-copy "hello"))           ; => "hello"
(write (string-copy "hello" 2))         ; => "llo"
(write (string-copy "hello" 2 4))       ; => "ll"
(let () (let ((c (string-copy "abc"))) (string-set! c 0 #\z) (write c))) ; => "zbc"
(write (string-append "foo" "" "bar"))  ; => "foobar"
(write (string-append))                 ; => ""
(write (string-append "aé" "λ" "𝄞"))    ; => "aéλ𝄞"
(string-append "a" 'b)                  ; !! string-append: expected a string as argument 2, got b
(define t (string-copy "abcde"))
(let () (string-copy! t 1 "XYZ" 1) (write t))                            ; => "aYZde"
(let () (string-copy! t 1 t 0 4) (write t))                              ; => "aaYZd"
(let () (string-copy! t 0 t 1) (write t)) ; => "aYZdd"
(let () (string-copy! t 3 "λμ") (write t)) ; => "aYZλμ"
(string-copy! t 4 "xy")                 ; !! string-copy!
(string-copy! t 6 "")                   ; !! string-copy!
(string-copy! "abc" 0 "x")              ; !! string-copy!
(let () (string-fill! t #\-) (write t))  ; => "-----"
(let () (string-fill! t #\+ 1 3) (write t)) ; => "-++--"
(let () (string-fill! t #\λ 4) (write t)) ; => "-++-λ"

;; Conversions
(write (string->list "aλ"))             ; => (#\a #\λ)
(write (string->list "hello" 2))        ; => (#\l #\l #\o)
(write (string->list "hello" 2 3))      ; => (#\l)
(write (list->string '(#\a #\λ)))       ; => "aλ"
(write (list->string '()))              ; => ""
(list->string '(#\a b))                 ; !! list->string: expected a list of characters as argument 1, got (#\a b)
(list->string '(#\a . #\b))             ; !! list->string: expected a proper list
(write (string->vector "ABC"))          ; => #(#\A #\B #\C)
(write (string->vector "ABC" 1 2))      ; => #(#\B)
(write (vector->string #(#\1 #\2 #\λ))) ; => "12λ"
(write (vector->string #(1 #\2 #\3) 1)) ; => "23"
(vector->string #(1 2))                 ; !! vector->string: expected a vector of characters

;; Higher-order procedures
(write (string-map char-foldcase "AbdEgH"))                             ; => "abdegh"
(write (string-map (lambda (c k) (if (eqv? k #\u) (char-upcase c) (char-downcase c)))
                   "studlycaps xxx" "ululululul"))                      ; => "StUdLyCaPs"
(string-map (lambda (c) 1) "abc")       ; !! string-map
(write (let ((v '())) (string-for-each (lambda (c) (set! v (cons (char->integer c) v))) "abcde") v))
                                        ; => (101 100 99 98 97)
(write (let ((v '()))
         (string-for-each (lambda (a b c) (set! v (cons (string a b c) v))) "abc" "defg" "hi")
         v))                            ; => ("bei" "adh")

;; Strings of lists, in either width.
(write (list->string (list #\a #\x3bb #\b))) ; => "aλb"
(write (string #\a #\x3bb))             ; => "aλ"
(write (string-length (list->string (make-list 1000 #\xff)))) ; => 1000
(write (list (string=? "a" "b") (string=? "a" "a" "a") (string<? "a" "b" "c") (string<? "ab" "b" "a"))) ; => (#f #t #t #f)
(let ((circle (list #\a #\b))) (set-cdr! (cdr circle) circle) (list->string circle)) ; !! list->string: expected a proper list
(list->string '(#\a . #\b))             ; !! list->string: expected a proper list
(list->string '(#\a 5))                 ; !! list->string: expected a list of characters
(string=? "a" 'a)                       ; !! string=?: expected a string as argument 2, got a
