;; Sections 6.13 input and output, 6.14 system interface: each entry, sentence by sentence.
(import (scheme base) (scheme char) (scheme cxr) (scheme eval) (scheme file) (scheme load) (scheme process-context) (scheme read) (scheme repl)
        (scheme time) (scheme write))
(define (in text) (open-input-string text))
(define (out . writers) (let ((p (open-output-string))) (for-each (lambda (w) (w p)) writers) (get-output-string p)))
(define (reads text) (let ((p (in text))) (let loop ((l '())) (let ((d (read p))) (if (eof-object? d) (reverse l) (loop (cons d l)))))))
(define name "r7rs-entries.tmp")
(define (put text) (call-with-output-file name (lambda (p) (write-string text p))))
(define (get) (call-with-input-file name (lambda (p) (read-string 1000 p))))

;; 6.13.1: call-with-port closes the port if the procedure returns, and only then
(let* ((p (in "abc")) (r (call-with-port p (lambda (p) (read-char p))))) (list r (input-port-open? p))) ; => (#\a #f)
(let ((p (in "abc"))) (call/cc (lambda (k) (call-with-port p (lambda (p) (k 1))))) (list (input-port-open? p) (read-char p))) ; => (#t #\a)
(let ((p (open-output-string))) (call-with-port p (lambda (p) (write 'x p))) (output-port-open? p)) ; => #f
(let ((p (in "abc"))) (guard (e (#t (input-port-open? p))) (call-with-port p (lambda (p) (raise 1))))) ; => #t
(call-with-port (in "") (lambda () 1))  ; !! argument
(call-with-port 5 list)                 ; !! call-with-port
(let ((kept #f)) (call-with-output-file name (lambda (p) (set! kept p) (write 'kept p))) (list (output-port-open? kept) (get))) ; => (#f "kept")
(let ((kept #f)) (call-with-input-file name (lambda (p) (set! kept p) (read p))) (input-port-open? kept)) ; => #f
(call-with-input-file "no-such-file" read) ; !! no-such-file
(call-with-output-file name)            ; !! argument
(call-with-input-file 5 read)           ; !! call-with-input-file
(map (lambda (p) (map (lambda (f) (f p)) (list port? input-port? output-port? textual-port? binary-port?)))
     (list (in "") (open-output-string) (open-input-bytevector #u8()) (open-output-bytevector) 5))
                                        ; => ((#t #t #f #t #f) (#t #f #t #t #f) (#t #t #f #f #t) (#t #f #t #f #t) (#f #f #f #f #f))
(map textual-port? (list (current-input-port) (current-output-port) (current-error-port))) ; => (#t #t #t)
(let ((p (in ""))) (list (input-port-open? p) (output-port-open? p))) ; => (#t #f)
(let ((p (open-output-bytevector))) (list (input-port-open? p) (output-port-open? p) (begin (close-output-port p) (output-port-open? p)))) ; => (#f #t #f)
;; the current ports are parameter objects
(parameterize ((current-input-port (in "inner"))) (read)) ; => inner
(let ((p (open-output-string))) (parameterize ((current-output-port p)) (display "piece") (display " by piece ") (display "by piece.") (newline) (get-output-string (current-output-port)))) ; => "piece by piece by piece.\n"
(let ((e (open-output-string))) (parameterize ((current-error-port e)) (write 'oops (current-error-port))) (get-output-string e)) ; => "oops"
(with-output-to-file name (lambda () (write 'inside) (newline) (values 1 2) 3)) ; => 3
(get)                                   ; => "inside\n"
(with-input-from-file name (lambda () (list (read) (eof-object? (read))))) ; => (inside #t)
(call-with-values (lambda () (with-input-from-file name (lambda () (values 1 2)))) list) ; => (1 2)
(let ((before (current-output-port))) (with-output-to-file name (lambda () 1)) (eq? before (current-output-port))) ; => #t
;; an escape restores the port, and a return to it has it again
(let ((before (current-input-port))) (call/cc (lambda (k) (with-input-from-file name (lambda () (k 1))))) (eq? before (current-input-port))) ; => #t
(let ((before (current-output-port))) (guard (e (#t (eq? before (current-output-port)))) (with-output-to-file name (lambda () (raise 1))))) ; => #t
(let ((port #f)) (with-output-to-file name (lambda () (set! port (current-output-port)))) (output-port-open? port)) ; => #f
(with-input-from-file "no-such-file" read) ; !! no-such-file
(with-input-from-file name (lambda (x) x)) ; !! argument
(map (lambda (open) (guard (e ((file-error? e) 'file-error)) (open "no/such/folder/file"))) (list open-input-file open-binary-input-file open-output-file open-binary-output-file)) ; => (file-error file-error file-error file-error)
(map (lambda (open) (guard (e ((file-error? e) 'file-error)) (open "."))) (list open-output-file open-binary-output-file)) ; => (file-error file-error)
(map (lambda (open) (guard (e ((error-object? e) (file-error? e))) (open 5))) (list open-input-file open-binary-input-file open-output-file open-binary-output-file)) ; => (#f #f #f #f)
;; a file that is there is written from its beginning
(let () (put "long text") (put "x") (get)) ; => "x"
;; closing twice does nothing more
(let ((p (open-output-file name))) (write-string "closed" p) (close-port p) (close-port p) (close-output-port p) (get)) ; => "closed"
(let ((p (open-input-file name))) (close-input-port p) (close-input-port p) (close-port p) (input-port-open? p)) ; => #f
(close-input-port (open-output-string)) ; !! close-input-port
(close-output-port (in ""))             ; !! close-output-port
(map (lambda (f) (let ((p (in "1"))) (close-port p) (guard (e ((error-object? e) 'error)) (f p)))) (list read read-char peek-char read-line char-ready? (lambda (p) (read-string 1 p)))) ; => (error error error error error error)
(map (lambda (f) (let ((p (open-input-bytevector #u8(1)))) (close-port p) (guard (e ((error-object? e) 'error)) (f p))))
     (list read-u8 peek-u8 u8-ready? (lambda (p) (read-bytevector 1 p)) (lambda (p) (read-bytevector! (make-bytevector 1 0) p)))) ; => (error error error error error)
(map (lambda (f) (let ((p (open-output-string))) (close-port p) (guard (e ((error-object? e) 'error)) (f p))))
     (list newline (lambda (p) (write 1 p)) (lambda (p) (display 1 p)) (lambda (p) (write-char #\a p)) (lambda (p) (write-string "a" p)) (lambda (p) (write-shared 1 p)) (lambda (p) (write-simple 1 p)))) ; => (error error error error error error error)
(map (lambda (f) (let ((p (open-output-bytevector))) (close-port p) (guard (e ((error-object? e) 'error)) (f p))))
     (list (lambda (p) (write-u8 1 p)) (lambda (p) (write-bytevector #u8(1) p)))) ; => (error error)
(let ((p (open-output-string))) (write 'a p) (let ((s (get-output-string p))) (close-port p) s)) ; => "a"
(get-output-bytevector (let ((p (open-output-bytevector))) (write-u8 0 p) (write-bytevector #u8(1 2 3) p) (write-bytevector #u8(1 2 3) p 1) (write-bytevector #u8(1 2 3) p 1 2) p)) ; => #u8(0 1 2 3 2 3 2)
(let* ((b (bytevector 1 2)) (p (open-input-bytevector b))) (list (read-u8 p) (read-u8 p) (eof-object? (read-u8 p)))) ; => (1 2 #t)

;; 6.13.2: read takes one datum, and leaves what follows it
(let ((p (in "(a . b) #t\"s\"|x y|#\\a 12;c\n#u8(1)"))) (let* ((a (read p)) (c (read-char p)) (b (reads "")) (d (read p))) (list a c b d (read p) (read p) (read p) (read p) (read p) (eof-object? (read p))))) ; => ((a . b) #\space () #t "s" |x y| #\a 12 #u8(1) #t)
(let ((p (in "abc(d)"))) (list (read p) (read-char p) (read p) (read-char p))) ; => (abc #\( d #\))
(let ((p (in "'a `(b ,c ,@d) #;skipped #|block #|nested|# |# e"))) (list (read p) (read p) (read p))) ; => ('a `(b ,c ,@d) e)
(reads "#!fold-case ABC #\\A \"A\" #!no-fold-case ABC") ; => (abc #\A "A" ABC)
(reads "#0=(1 . #0#)")                  ; => (#0=(1 . #0#))
(let ((l (car (reads "(#1=(x) #1# #1#)")))) (list (eq? (car l) (cadr l)) (eq? (car l) (caddr l)))) ; => (#t #t)
(eof-object? (read (in "   ; nothing\n #| here |# #;x "))) ; => #t
(guard (e ((read-error? e) 'read-error)) (read (in "(1 2"))) ; => read-error
(guard (e ((read-error? e) 'read-error)) (read (in ")"))) ; => read-error
(list (read-char (in "λ")) (eof-object? (read-char (in "")))) ; => (#\λ #t)
(let ((p (in "ab"))) (list (peek-char p) (peek-char p) (read-char p) (read-char p) (eof-object? (peek-char p)) (eof-object? (peek-char p)))) ; => (#\a #\a #\a #\b #t #t)
;; read-line: the three ends of line
(let ((p (in "a\nb\rc\r\nd\n\n\re"))) (let loop ((l '())) (let ((x (read-line p))) (if (eof-object? x) (reverse l) (loop (cons x l)))))) ; => ("a" "b" "c" "d" "" "" "e")
(let ((p (in "a\r\nb"))) (list (read-line p) (peek-char p))) ; => ("a" #\b)
(let ((p (in "x\r"))) (list (read-line p) (eof-object? (read-line p)))) ; => ("x" #t)
(let ((p (in "x\n"))) (list (read-line p) (eof-object? (read-line p)))) ; => ("x" #t)
(eof-object? (read-line (in "")))       ; => #t
(read-line (in "λ😀"))                   ; => "λ😀"
(let () (put "one\r\ntwo\rthree\n") (call-with-input-file name (lambda (p) (list (read-line p) (read-line p) (read-line p) (eof-object? (read-line p)))))) ; => ("one" "two" "three" #t)
(list (eof-object? (eof-object)) (eof-object? 'eof) (eof-object? #f) (eq? (eof-object) (read (in "")))) ; => (#t #f #f #t)
(list (char-ready? (in "a")) (char-ready? (in "")) (u8-ready? (open-input-bytevector #u8(1))) (u8-ready? (open-input-bytevector #u8()))) ; => (#t #t #t #t)
(let ((p (in "aλb"))) (list (read-string 2 p) (read-string 2 p) (eof-object? (read-string 2 p)))) ; => ("aλ" "b" #t)
(read-string 0 (in "a"))                ; => ""
(read-string 0 (in ""))                 ; => ""
(read-string 1.0 (in "a"))              ; !! read-string
(read-string "a" (in "a"))              ; !! read-string
(let ((s (read-string 2 (in "abc")))) (string-set! s 0 #\x) s) ; => "xb"
(let ((p (open-input-bytevector #u8(1 2)))) (list (peek-u8 p) (read-u8 p) (read-u8 p) (eof-object? (peek-u8 p)) (eof-object? (read-u8 p)))) ; => (1 1 2 #t #t)
(let ((p (open-input-bytevector #u8(1 2 3)))) (list (read-bytevector 2 p) (read-bytevector 2 p) (eof-object? (read-bytevector 2 p)))) ; => (#u8(1 2) #u8(3) #t)
(read-bytevector 0 (open-input-bytevector #u8())) ; => #u8()
(read-bytevector -1 (open-input-bytevector #u8(1))) ; !! read-bytevector
(let* ((b (bytevector 9 9 9 9)) (n (read-bytevector! b (open-input-bytevector #u8(1 2 3 4 5 6))))) (list n b)) ; => (4 #u8(1 2 3 4))
(let* ((b (bytevector 9 9 9 9)) (n (read-bytevector! b (open-input-bytevector #u8(1 2)) 1))) (list n b)) ; => (2 #u8(9 1 2 9))
(let* ((b (bytevector 9 9 9 9)) (n (read-bytevector! b (open-input-bytevector #u8(1 2 3)) 1 2))) (list n b)) ; => (1 #u8(9 1 9 9))
(let* ((b (bytevector 9)) (n (read-bytevector! b (open-input-bytevector #u8())))) (list (eof-object? n) b)) ; => (#t #u8(9))
(read-bytevector! (bytevector 1) (open-input-bytevector #u8(1)) 2) ; !! read-bytevector!
(read-bytevector! (bytevector 1 2) (open-input-bytevector #u8(1)) 1 0) ; !! read-bytevector!
(read-bytevector! (bytevector 1 2) (open-input-bytevector #u8(1)) 0 3) ; !! read-bytevector!
(read-u8 (in "a"))                      ; !! read-u8
(peek-char (open-input-bytevector #u8(1))) ; !! peek-char
(read (open-input-bytevector #u8(1)))   ; !! read
(read (open-output-string))             ; !! read
(let () (call-with-port (open-binary-output-file name) (lambda (p) (write-bytevector #u8(0 255 10 13) p) (write-u8 7 p)))
       (call-with-port (open-binary-input-file name) (lambda (p) (list (peek-u8 p) (read-bytevector 3 p) (read-u8 p) (read-u8 p) (eof-object? (read-u8 p)))))) ; => (0 #u8(0 255 10) 13 7 #t)

;; 6.13.3: write, display and their likes
(define-record-type thing (make-thing a) thing? (a thing-a set-thing-a!))
(define (written f x) (out (lambda (p) (f x p))))
(map (lambda (x) (written write x)) (list #t #f '() 'sym '|a b| "a\"\\\n" #\a #\space #\x0 1.5 -0.0 1/2 +i '(1 . 2) '(1 (2) #(3)) #u8(1 2) (string->symbol "λ"))) ; => ("#t" "#f" "()" "sym" "|a b|" "\"a\\\"\\\\\\n\"" "#\\a" "#\\space" "#\\null" "1.5" "-0.0" "1/2" "+i" "(1 . 2)" "(1 (2) #(3))" "#u8(1 2)" "|λ|")
(map (lambda (x) (written display x)) (list #t '() '|a b| "a\"\\" #\a #\space '("x" #\y |z w|) #("x" #\y) '(1 . "2"))) ; => ("#t" "()" "a b" "a\"\\" "a" " " "(x y z w)" "#(x y)" "(1 . 2)")
(map (lambda (x) (written write x)) '('a `a ,a ,@a (quote a b) (quote) (quote . a) (quasiquote a . b))) ; => ("'a" "`a" ",a" ",@a" "(quote a b)" "(quote)" "(quote . a)" "(quasiquote a . b)")
;; labels for cycles only, unless write-shared
(let ((x (list 1 2))) (list (written write (list x x)) (written write-shared (list x x)) (written write-simple (list x x)) (written display (list x x)))) ; => ("((1 2) (1 2))" "(#0=(1 2) #0#)" "((1 2) (1 2))" "((1 2) (1 2))")
(let ((x (list 1 2))) (set-cdr! (cdr x) x) (list (written write x) (written display x) (written write-shared (list x 'a x)))) ; => ("#0=(1 2 . #0#)" "#0=(1 2 . #0#)" "(#0=(1 2 . #0#) a #0#)")
(let ((v (vector 1 2))) (vector-set! v 0 v) (list (written write v) (written display v) (written write (list v v)))) ; => ("#0=#(#0# 2)" "#0=#(#0# 2)" "(#0=#(#0# 2) #0#)")
(let ((a (list 1)) (b (list 2))) (set-car! a b) (set-car! b a) (written write (list a b a))) ; => "(#0=((#0#)) (#0#) #0#)"
(string? (let ((t (make-thing 1))) (set-thing-a! t (list t)) (written write t))) ; => #t
(let* ((shared (list 1)) (cycle (list shared shared))) (set-cdr! (cdr cycle) cycle) (written write cycle)) ; => "#0=((1) (1) . #0#)"
(equal? (read (in (written write '#0=(a #(b #0#) . #0#)))) '#1=(a #(b #1#) . #1#)) ; => #t
(out (lambda (p) (newline p)) (lambda (p) (write-char #\λ p)) (lambda (p) (write-string "abcdef" p 2 4)) (lambda (p) (write-string "xyz" p 1)) (lambda (p) (write-string "" p))) ; => "\nλcdyz"
(write-string "abc" (open-output-string) 2 1) ; !! write-string
(write-string "abc" (open-output-string) 0 4) ; !! write-string
(write-char 65 (open-output-string))    ; !! write-char
(write-u8 -1 (open-output-bytevector))  ; !! write-u8
(write-u8 1.0 (open-output-bytevector)) ; !! write-u8
(write-bytevector "ab" (open-output-bytevector)) ; !! write-bytevector
(write-bytevector #u8(1) (open-output-string)) ; !! write-bytevector
(write-bytevector #u8(1) (open-output-bytevector) 2) ; !! write-bytevector
(newline (in ""))                       ; !! newline
(write 1 'port)                         ; !! write
(display 1 2)                           ; !! display
;; what was flushed is there
(let ((p (open-output-file name))) (write-string "flushed" p) (flush-output-port p) (let ((seen (get))) (close-port p) seen)) ; => "flushed"
(flush-output-port (in ""))             ; !! flush-output-port

;; 6.14: load
(define here (current-output-port))
(put "(define loaded-a 1) (define (loaded-f) (+ loaded-a 1)) (define-syntax loaded-m (syntax-rules () ((_ x) 'x)))")
(load name)
(eval '(list loaded-a (loaded-f) (loaded-m y)) (interaction-environment)) ; => (1 2 y)
(eq? here (current-output-port))        ; => #t
(put "(set! loaded-a 5)")
(load name (interaction-environment))
(eval '(loaded-f) (interaction-environment)) ; => 6
(put "(car 5)")
(load name)                             ; !! car
(put "(+ 1")
(load name)                             ; !! never closed
(put "(define x 1)")
(load name (environment '(scheme base))) ; !! immutable
(load 5)                                ; !! load
(load "no-such-file.scm")               ; !! no-such-file.scm
(load name 5)                           ; !! load
(list (file-exists? name) (file-exists? "no-such-file") (file-exists? ".")) ; => (#t #f #t)
(delete-file name)
(list (file-exists? name) (guard (e ((file-error? e) 'file-error)) (delete-file name))) ; => (#f file-error)
(guard (e ((file-error? e) 'file-error)) (delete-file ".")) ; => file-error
(file-exists? 'name)                    ; !! file-exists?
(delete-file #\a)                       ; !! delete-file
(map string? (command-line))            ; => (#t)
(string-set! (car (command-line)) 0 #\x) ; !! string-set!
(string-set! (get-environment-variable "PATH") 0 #\x) ; !! string-set!
(set-car! (get-environment-variables) 1) ; !! set-car!
(set-cdr! (car (get-environment-variables)) 1) ; !! set-cdr!
(string-set! (caar (get-environment-variables)) 0 #\x) ; !! string-set!
(set-car! (features) 'x)                ; !! set-car!
(get-environment-variable "NO_SUCH_VARIABLE_ANYWHERE") ; => #f
(get-environment-variable 'PATH)        ; !! get-environment-variable
(equal? (cdr (assoc "PATH" (get-environment-variables))) (get-environment-variable "PATH")) ; => #t
(let* ((a (current-second)) (b (current-second))) (list (inexact? a) (<= a b) (< 1.6e9 a 1e11))) ; => (#t #t #t)
(let* ((a (current-jiffy)) (b (current-jiffy))) (list (exact-integer? a) (<= a b) (exact-integer? (jiffies-per-second)) (positive? (jiffies-per-second)))) ; => (#t #t #t #t)
(let loop ((start (current-jiffy))) (if (= start (current-jiffy)) (loop start) 'goes-on)) ; => goes-on
(and (memq 'r7rs (features)) (memq 'exact-closed (features)) (memq 'exact-complex (features)) (memq 'ieee-float (features)) (memq 'full-unicode (features)) (memq 'ratios (features)) (memq 'limpet (features)) #t) ; => #t
;; what they do to the process: tests/api/test_cli.py
(list (procedure? exit) (procedure? emergency-exit)) ; => (#t #t)
