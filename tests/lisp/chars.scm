;; Characters: section 6.6, and what Unicode adds to it.
;; stress: 20000
(import (scheme base) (scheme char) (scheme write))

(write (char? #\a))                     ; => #t
(write (char? "a"))                     ; => #f
(write (char->integer #\A))             ; => 65
(write (char->integer #\λ))             ; => 955
(write (integer->char 955))             ; => #\λ
(write (char->integer (integer->char #x10FFFF)))                        ; => 1114111
(integer->char #xD800)                  ; !! integer->char: expected a Unicode scalar value as argument 1, got 55296
(integer->char #x110000)                ; !! integer->char
(integer->char -1)                      ; !! integer->char
(char->integer 65)                      ; !! char->integer: expected a character as argument 1, got 65

;; Comparisons take any number of arguments and check all of them
(write (char=? #\a #\a #\a))            ; => #t
(write (char=? #\a #\a #\b))            ; => #f
(write (char<? #\a #\b #\c))            ; => #t
(write (char<? #\a #\c #\b))            ; => #f
(write (char>? #\c #\b #\a))            ; => #t
(write (char<=? #\a #\a #\b))           ; => #t
(write (char>=? #\b #\b #\a))           ; => #t
(write (char>=? #\b #\b #\c))           ; => #f
(write (char=? #\a))                    ; => #t
(char<? #\b #\a 'x)                     ; !! char<?: expected a character as argument 3, got x
(write (char-ci=? #\a #\A))             ; => #t
(write (char-ci<? #\a #\B))             ; => #t
(write (char-ci>? #\B #\a))             ; => #t
(write (char-ci<=? #\a #\A #\b))        ; => #t
(write (char-ci>=? #\b #\B #\A))        ; => #t
(write (char-ci=? #\ς #\Σ #\σ))         ; => #t

;; Properties
(write (map char-alphabetic? '(#\a #\Z #\λ #\3 #\space #\日)))          ; => (#t #t #t #f #f #t)
(write (map char-numeric? '(#\0 #\9 #\a #\٣ #\½)))                      ; => (#t #t #f #t #f)
(write (map char-whitespace? '(#\space #\tab #\newline #\return #\a #\x00A0 #\x2003)))
                                        ; => (#t #t #t #t #f #t #t)
(write (map char-upper-case? '(#\A #\a #\Σ #\3)))                       ; => (#t #f #t #f)
(write (map char-lower-case? '(#\A #\a #\σ #\3)))                       ; => (#f #t #t #f)
(char-alphabetic? 5)                    ; !! char-alphabetic?: expected a character as argument 1, got 5

(write (digit-value #\3))               ; => 3
(write (digit-value #\x0664))           ; => 4
(write (digit-value #\x0AE6))           ; => 0
(write (digit-value #\x0EA6))           ; => #f
(write (digit-value #\a))               ; => #f

;; Case
(write (char-upcase #\i))               ; => #\I
(write (char-downcase #\I))             ; => #\i
(write (char-upcase #\ß))               ; => #\ß
(write (char-upcase #\λ))               ; => #\Λ
(write (char-downcase #\Σ))             ; => #\σ
(write (char-foldcase #\Σ))             ; => #\σ
(write (char-foldcase #\ς))             ; => #\σ
(write (char-foldcase #\ẞ))             ; => #\ß
(write (char-foldcase #\İ))             ; => #\İ
(write (char-upcase #\3))               ; => #\3
(write (char-upcase #\x10428))          ; => #\𐐀

;; The simple mappings keep to their laws over all of Unicode
(define (each-char proc)
  (let loop ((i 0))
    (if (< i #x110000)
        (begin
          (if (not (<= #xD800 i #xDFFF))
              (proc (integer->char i)))
          (loop (+ i 1))))))
(define (count-chars pred)
  (let ((n 0))
    (each-char (lambda (c) (if (pred c) (set! n (+ n 1)))))
    n))
(write (count-chars (lambda (c)
         (not (char=? (char-foldcase (char-foldcase c)) (char-foldcase c))))))
                                        ; => 0
(write (count-chars (lambda (c) (not (eq? (char-numeric? c) (and (digit-value c) #t))))))
                                        ; => 0
(write (count-chars (lambda (c) (and (char-upper-case? c) (char-lower-case? c)))))
                                        ; => 0
(write (> (count-chars char-alphabetic?) 100000))                       ; => #t
