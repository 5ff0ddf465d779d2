;; Hard cases of Unicode: case, digits, the edges of the code space, strings that change their
;; width. The expected values are those of the Unicode Standard, written by hand.
;; stress: 1000
(import (scheme base) (scheme char) (scheme read) (scheme write) (limpet misc))

;; Full mappings may change the length
(write (string-upcase "Straße"))        ; => "STRASSE"
(write (string-downcase "STRASSE"))     ; => "strasse"
(write (string-foldcase "Straße ẞ"))    ; => "strasse ss"
(write (string-upcase "ﬃ ﬆ ŉ ǰ և"))     ; => "FFI ST ʼN J̌ ԵՒ"
(write (map char->integer (string->list (string-upcase "ΐ")))) ; => (921 776 769)
(write (map char->integer (string->list (string-downcase "İ")))) ; => (105 775)
(write (map char->integer (string->list (string-foldcase "İ")))) ; => (105 775)
(write (string-foldcase "ı"))           ; => "ı"
(write (string-upcase "ı"))             ; => "I"
(write (string-upcase "ᾳ ᾼ ᾀ"))         ; => "ΑΙ ΑΙ ἈΙ"
(write (string-downcase "ᾼ"))           ; => "ᾳ"
(write (string-upcase "ÿ"))             ; => "Ÿ"
(write (string-upcase "µ"))             ; => "Μ"
(write (string-length (string-upcase (make-string 1000 #\ΐ)))) ; => 3000
(write (string-upcase "𐐨𞤢"))            ; => "𐐀𞤀"
(write (string-foldcase "ꭰᏸᎠ"))         ; => "ᎠᏰᎠ"
(write (list (string-upcase "") (string-downcase "") (string-foldcase ""))) ; => ("" "" "")
(write (string-upcase "\x0;a\x0;"))     ; => "\x0;A\x0;"

;; Letters of title case are neither upper nor lower, and have both
(write (map char-upper-case? '(#\Ǆ #\ǅ #\ǆ #\ᾈ))) ; => (#t #f #f #f)
(write (map char-lower-case? '(#\Ǆ #\ǅ #\ǆ #\ᾈ))) ; => (#f #f #t #f)
(write (map char-alphabetic? '(#\Ǆ #\ǅ #\ǆ #\ᾈ))) ; => (#t #t #t #t)
(write (map char-upcase '(#\Ǆ #\ǅ #\ǆ #\ᾀ)))      ; => (#\Ǆ #\Ǆ #\Ǆ #\ᾈ)
(write (map char-downcase '(#\Ǆ #\ǅ #\ǆ #\ᾈ)))    ; => (#\ǆ #\ǆ #\ǆ #\ᾀ)
(write (map char-foldcase '(#\Ǆ #\ǅ #\ǆ #\ᾈ)))    ; => (#\ǆ #\ǆ #\ǆ #\ᾀ)
(write (string-upcase "ǅ"))             ; => "Ǆ"

;; The simple mappings: one character, or itself
(write (map char-upcase '(#\ß #\ŉ #\ﬀ #\ÿ #\µ #\ı #\ſ #\x345))) ; => (#\ß #\ŉ #\ﬀ #\Ÿ #\Μ #\I #\S #\Ι)
(write (map char-downcase '(#\İ #\K #\Å #\Ω #\ẞ #\Ꭰ))) ; => (#\i #\k #\å #\ω #\ß #\ꭰ)
(write (map char-foldcase '(#\İ #\K #\Å #\Ω #\ẞ #\Ꭰ #\ꭰ #\ᏸ #\ſ #\µ #\ς #\ß))) ; => (#\İ #\k #\å #\ω #\ß #\Ꭰ #\Ꭰ #\Ᏸ #\s #\μ #\σ #\ß)
(write (char-ci=? #\ß #\ẞ))             ; => #t
(write (char-ci=? #\K #\k #\K))         ; => #t
(write (char-ci=? #\İ #\i))             ; => #f
(write (string-map char-upcase "straße")) ; => "STRAßE"

;; The final sigma: behind a letter with case, and before none; what case ignores is looked through
(write (string-downcase "ΧΑΟΣ"))        ; => "χαος"
(write (string-downcase "ΧΑΟΣ ΧΑΟΣΣ. ΧΑΟΣ-ΧΑΟΣ")) ; => "χαος χαοσς. χαος-χαος"
(write (string-downcase "Σ ΣΑΣ 1Σ"))    ; => "σ σας 1σ"
(write (string-downcase "ΑΣ'Α ΑΣ.Α ΑΣ:Α ΑΣ’Α ΑΣ·Α")) ; => "ασ'α ασ.α ασ:α ασ’α ασ·α"
(write (string-downcase "ΑΣ'  ΑΣ. ΑΣ_Α ΑΣ,Α ΑΣ1Α")) ; => "ας'  ας. ας_α ας,α ας1α"
(write (string-downcase "Α'Σ Α..Σ 'Σ"))  ; => "α'ς α..ς 'σ"
(write (string=? (string-downcase "ΑΣ\x301; ΑΣ\x301;Α Α\x301;Σ") "ας\x301; ασ\x301;α α\x301;ς")) ; => #t
(write (string-downcase "ΑΣ\xad;Α ΑΣ\xad;")) ; => "ασ\xad;α ας\xad;"
(write (string-downcase "ΑΣ𐐀 ΑΣ日"))     ; => "ασ𐐨 ας日"
(write (string=? (string-downcase "\x345;Σ") "\x345;ς")) ; => #t
(write (string-downcase "aΣ aσ aς"))     ; => "aς aσ aς"
(write (string-downcase "AΣSTRASSE Σ"))  ; => "aσstrasse σ"
(write (string=? (string-downcase (make-string 100000 #\Σ)) (string-append (make-string 99999 #\σ) "ς"))) ; => #t
(write (string=? (string-downcase (string-append "ΑΣ" (make-string 100000 #\') "Α")) (string-append "ασ" (make-string 100000 #\') "α"))) ; => #t
(write (string-foldcase "ΧΑΟΣ"))        ; => "χαοσ"
(write (char-downcase #\Σ))             ; => #\σ

;; Comparisons by full folding; none normalises
(write (string-ci=? "Straße" "STRASSE" "strasse" "STRAẞE")) ; => #t
(write (string-ci=? "ΧΑΟΣ" "χαος" "χαοσ")) ; => #t
(write (string-ci=? "ﬃ" "FFI"))         ; => #t
(write (string-ci<? "ﬁ" "FJ"))          ; => #t
(write (string-ci<? "ß" "St"))          ; => #t
(write (string<? "ß" "St"))             ; => #f
(write (string-ci=? "İ" "i\x307;"))      ; => #t
(write (string=? "\xe9;" "e\x301;"))     ; => #f
(write (string-ci=? "\xe9;" "E\x301;"))  ; => #f
(write (string-ci=? "\xe9;" "\xc9;"))    ; => #t
(write (string-length "e\x301;"))        ; => 2
(write (eq? (string->symbol "\xe9;") (string->symbol "e\x301;"))) ; => #f
(write (equal? "\x212b;" "\xc5;"))         ; => #f
(write (string<? "\xffff;" "\x10000;"))  ; => #t

;; Properties
(write (map char-alphabetic? '(#\Ⅷ #\ª #\x345 #\x903 #\x300 #\_ #\ⓐ #\x1f600 #\x20000 #\א))) ; => (#t #t #t #t #f #f #t #f #t #t)
(write (map char-upper-case? '(#\Ⅷ #\Ⓐ #\ª #\x1d400 #\x1f130 #\ϒ))) ; => (#t #t #f #t #t #t)
(write (map char-lower-case? '(#\ⅷ #\ⓐ #\ª #\x1d41a #\x345 #\ʰ #\ĸ))) ; => (#t #t #t #t #t #t #t)
(write (map char-whitespace? '(#\x9 #\xb #\x1c #\x85 #\xa0 #\x1680 #\x180e #\x2000 #\x200a #\x200b #\x2028 #\x2029 #\x202f #\x205f #\x2060 #\x3000 #\xfeff)))
; => (#t #t #f #t #t #t #f #t #t #f #t #t #t #t #f #t #f)
(write (map char-numeric? '(#\² #\½ #\Ⅷ #\一 #\① #\x0be7 #\x0bf0 #\x1d7d8 #\９))) ; => (#f #f #f #f #f #t #f #t #t)
(write (map digit-value '(#\² #\½ #\Ⅷ #\一 #\① #\x0be7 #\x0bf0 #\x1d7d8 #\９))) ; => (#f #f #f #f #f 1 #f 0 9)
;; The zeros of scripts; ten digits in order follow each
(define zeros
  '(#x30 #x660 #x6f0 #x7c0 #x966 #x9e6 #xa66 #xae6 #xb66 #xbe6 #xc66 #xce6 #xd66 #xde6 #xe50 #xed0
    #xf20 #x1040 #x1090 #x17e0 #x1810 #x1946 #x19d0 #x1a80 #x1a90 #x1b50 #x1bb0 #x1c40 #x1c50
    #xa620 #xa8d0 #xa900 #xa9d0 #xa9f0 #xaa50 #xabf0 #xff10 #x104a0 #x10d30 #x11066 #x110f0
    #x11136 #x111d0 #x112f0 #x11450 #x114d0 #x11650 #x116c0 #x11730 #x118e0 #x11950 #x11c50
    #x11d50 #x11da0 #x16a60 #x16ac0 #x16b50 #x1d7ce #x1d7d8 #x1d7e2 #x1d7ec #x1d7f6 #x1e140
    #x1e2f0 #x1e950 #x1fbf0))
(write (let loop ((rest zeros) (wrong '()))
  (if (null? rest)
      wrong
      (loop (cdr rest)
            (if (equal? (map (lambda (i) (digit-value (integer->char (+ (car rest) i)))) '(0 1 2 3 4 5 6 7 8 9))
                        '(0 1 2 3 4 5 6 7 8 9))
                wrong
                (cons (car rest) wrong)))))) ; => ()
;; Only ASCII digits make numbers
(write (string->number "٣"))             ; => #f
(write (symbol? (read (open-input-string "٣")))) ; => #t

;; The edges of the code space: no surrogates, all else
(integer->char #xd800)                  ; !! integer->char: expected a Unicode scalar value
(integer->char #xdfff)                  ; !! integer->char: expected a Unicode scalar value
(integer->char #x110000)                ; !! integer->char: expected a Unicode scalar value
(integer->char (expt 10 30))            ; !! integer->char: expected a Unicode scalar value
(integer->char 65.0)                    ; !! integer->char: expected a Unicode scalar value
(write (map char->integer (map integer->char '(#xd7ff #xe000 #xfffe #xffff #xfdd0 #x1fffe #x10ffff)))) ; => (55295 57344 65534 65535 64976 131070 1114111)
(read (open-input-string "\"\\xd800;\"")) ; !! read: 1:2
(read (open-input-string "\"\\xdfff;\"")) ; !! read: 1:2
(read (open-input-string "\"\\x110000;\"")) ; !! read: 1:2
(read (open-input-string "#\\xd800"))   ; !! #\xd800
(read (open-input-string "#\\x110000")) ; !! #\x110000
(read (open-input-string "|a\\xd800;|")) ; !! read
(write (map char->integer (string->list (read (open-input-string "\"\\xfffe;\\x10ffff;\\xD7FF;\\x0;\""))))) ; => (65534 1114111 55295 0)
(write (equal? (read (open-input-string "#\\x10FFFF")) (integer->char #x10ffff))) ; => #t
(write (char->integer #\xFFFF))         ; => 65535
(write (string->utf8 "\x7f;\x80;\x7ff;\x800;\xffff;\x10000;\x10ffff;"))
; => #u8(127 194 128 223 191 224 160 128 239 191 191 240 144 128 128 244 143 191 191)
(write (map (lambda (bytes) (guard (e (#t 'invalid)) (utf8->string bytes)))
     (list (bytevector #xed #xa0 #x80) (bytevector #xc0 #x80) (bytevector #xe0 #x80 #x80) (bytevector #xf4 #x90 #x80 #x80)
           (bytevector #x80) (bytevector #xce) (bytevector #xf8 #x88 #x80 #x80 #x80) (bytevector 65 #xff))))
; => (invalid invalid invalid invalid invalid invalid invalid invalid)
(write (utf8->string (string->utf8 "aλ𐐀b") 1 7)) ; => "λ𐐀"
(utf8->string (string->utf8 "aλ𐐀b") 2)  ; !! utf8->string

;; Strings of one byte a character take wider ones anywhere
(define (plain) (string-copy "abcdef"))
(write (let ((s (plain))) (string-set! s 3 #\ÿ) s)) ; => "abcÿef"
(write (let ((s (plain))) (string-set! s 0 #\Ā) s)) ; => "Ābcdef"
(write (let ((s (plain))) (string-set! s 5 #\x10ffff) (map char->integer (string->list s 4)))) ; => (101 1114111)
(write (let ((s (plain))) (string-fill! s #\λ 2 4) s)) ; => "abλλef"
(write (let ((s (plain))) (string-fill! s #\λ 2 2) s)) ; => "abcdef"
(write (let ((s (plain))) (string-fill! s #\日) s)) ; => "日日日日日日"
(write (let ((s (plain))) (string-copy! s 1 "λμ") s)) ; => "aλμdef"
(write (let ((s (plain))) (string-copy! s 4 "λμν" 1) s)) ; => "abcdμν"
(write (let ((s (string-copy "aλcdef"))) (string-copy! s 2 s 0 4) s)) ; => "aλaλcd"
(write (let ((s (string-copy "abcλef"))) (string-copy! s 0 s 2 6) s)) ; => "cλefef"
(write (let ((s (plain))) (string-copy! s 6 "λ" 0 0) s)) ; => "abcdef"
(string-copy! (plain) 5 "λμ")           ; !! string-copy!
(write (let ((s (plain)) (t (string-copy "abcdeλ"))) (string-set! t 5 #\f) (list (string=? s t) (equal? s t) (string<? s t) (string-ci=? s t)))) ; => (#t #t #f #t)
(write (let ((s (plain)) (t (string-copy "abcdeλ"))) (string-set! t 5 #\f) (eq? (string->symbol s) (string->symbol t)))) ; => #t
(write (string-append "a" "λ" "b" "\x10400;")) ; => "aλb𐐀"
(write (substring "aλb" 2 3))            ; => "b"
(write (list->string (list #\a #\x10400 #\b))) ; => "a𐐀b"
(write (string->vector "aλ𐐀"))           ; => #(#\a #\λ #\𐐀)
(write (vector->string #(#\a #\λ #\𐐀)))  ; => "aλ𐐀"
(write (let ((s (make-string 2 #\a)) (kept '())) (string-for-each (lambda (c) (string-set! s 1 #\λ) (set! kept (cons c kept))) s) kept)) ; => (#\λ #\a)

;; An index costs the same anywhere, whatever the characters: a megabyte of Greek, there and back
(define greek (make-string 500000 #\λ))
(write (let loop ((i 0) (n 0))
  (cond ((= i 500000) n)
        ((and (char=? (string-ref greek i) #\λ) (char=? (string-ref greek (- 499999 i)) #\λ)) (loop (+ i 1) (+ n 1)))
        (else i)))) ; => 500000
(write (let loop ((i 0)) (if (< i 500000) (begin (string-set! greek i (integer->char (+ #x391 (modulo i 17)))) (loop (+ i 1))) (string-ref greek 499999)))) ; => #\Ν
(write (bytevector-length (string->utf8 greek))) ; => 1000000

;; Identifiers keep what they are: no folding, no normalisation
(define Σ 1)
(define σ 2)
(write (list Σ σ))                       ; => (1 2)
(write (eq? 'Straße 'STRASSE))           ; => #f
(write (map (lambda (s) (eq? s (string->symbol "σ"))) (read (open-input-string "#!fold-case (Σ σ ς)")))) ; => (#t #t #t)
(write (map symbol->string (read (open-input-string "#!fold-case (Straße #!no-fold-case Straße |Straße|)")))) ; => ("strasse" "Straße" "Straße")
(write (read (open-input-string "#!fold-case #\\Σ"))) ; => #\Σ
(write (read (open-input-string "#!fold-case \"Σ\""))) ; => "Σ"
