;; Sameness, booleans, symbols and features: sections 6.1, 6.3, 6.5 and 6.14.
(import (scheme base) (scheme write) (limpet misc))

(write (eqv? 'a 'a))                    ; => #t
(write (eqv? 'a 'b))                    ; => #f
(write (eqv? 2 2))                      ; => #t
(write (eqv? 2 2.0))                    ; => #f
(write (eqv? 0.0 -0.0))                 ; => #f
(write (eqv? +nan.0 +nan.0))            ; => #t
(write (eqv? 100000000000000000000 100000000000000000000)) ; => #t
(write (eqv? "" ""))                    ; => #f
(write (eqv? (lambda () 1) (lambda () 2))) ; => #f
(write (let ((p (lambda (x) x))) (eqv? p p))) ; => #t
(write (eq? '() '()))                   ; => #t
(write (eq? car car))                   ; => #t
(write (eq? 'a 'a))                     ; => #t
(write (eq? (list 'a) (list 'a)))       ; => #f
(write (equal? '(a (b) c) '(a (b) c)))  ; => #t
(write (equal? "abc" "abc"))            ; => #t
(write (equal? 2 2.0))                  ; => #f
(write (equal? (make-vector 5 'a) (make-vector 5 'a))) ; => #t
(write (equal? '#1=(a b . #1#) '#2=(a b a b . #2#))) ; => #t
(write (equal? #u8(1 2) #u8(1 2)))      ; => #t

(write (list (not 3) (not #f) (not '()) (not 'nil))) ; => (#f #t #f #f)
(write (list (boolean? #f) (boolean? 0) (boolean? '()))) ; => (#t #f #f)
(write (boolean=? #t #t #t))            ; => #t
(write (boolean=? #f #f #t))            ; => #f
(boolean=? #t 5)                        ; !! boolean=?: expected a boolean as argument 2, got 5

(write (list (symbol? 'foo) (symbol? "bar") (symbol? '()) (symbol? #f))) ; => (#t #f #f #f)
(write (symbol=? 'a 'a 'a))             ; => #t
(write (symbol=? 'a 'a 'b))             ; => #f
(symbol=? 'a "a")                       ; !! symbol=?: expected a symbol as argument 2, got "a"
(write (symbol->string 'flying-fish))   ; => "flying-fish"
(write (symbol->string (string->symbol "Malvina"))) ; => "Malvina"
(write (string->symbol "mISSISSIppi"))  ; => mISSISSIppi
(write (eq? 'bitBlt (string->symbol "bitBlt"))) ; => #t
(write (string->symbol "K. Harper, M.D.")) ; => |K. Harper, M.D.|
(write (let ((s (string #\a))) (string->symbol s) (string-set! s 0 #\b) (string->symbol "a"))) ; => a
(symbol->string "a")                    ; !! symbol->string: expected a symbol as argument 1, got "a"
(string->symbol 'a)                     ; !! string->symbol: expected a string as argument 1, got a

(define g (generate-symbol "tmp"))
(write (list (symbol? g) (symbol-interned? g) (symbol-interned? 'a) (eq? g (string->symbol (symbol->string g)))))
                                        ; => (#t #f #t #f)
(write (eq? (generate-symbol) (generate-symbol))) ; => #f

(write (and (memq 'r7rs (features)) (memq 'limpet (features)) #t)) ; => #t
(write (cond-expand (limpet 'yes) (else 'no))) ; => yes
(write (cond-expand ((and full-unicode ratios exact-complex) 'yes) (else 'no))) ; => yes
(write (cond-expand ((library (scheme base)) 'yes) (else 'no))) ; => yes
(write (cond-expand ((library (no such library)) 'yes) (else 'no))) ; => no

(assert (= 1 1))
(assert (= 1 2))                        ; !! assertion failed: (= 1 2)
(write (call-with-output-string (lambda (port) (write 'x port) (display "y" port)))) ; => "xy"
(write (with-output-to-string (lambda () (display "inside")))) ; => "inside"
