;; Section 6.13: input and output.
(import (scheme base) (scheme char) (scheme file) (scheme read) (scheme write))

;; 6.13.1 Ports
(map input-port? (list (current-input-port) (current-output-port) 5)) ; => (#t #f #f)
(map output-port? (list (current-input-port) (current-output-port) (current-error-port) 5)) ; => (#f #t #t #f)
(map textual-port? (list (current-input-port) (open-input-bytevector #u8(1)) 5)) ; => (#t #f #f)
(map binary-port? (list (open-input-string "a") (open-input-bytevector #u8(1)) 5)) ; => (#f #t #f)
(map port? (list (current-input-port) 5)) ; => (#t #f)
(call-with-port (open-input-string "ab") read-char) ; => #\a
(let ((p (open-input-string "ab"))) (call-with-port p read-char) (input-port-open? p)) ; => #f
(let ((p (open-input-string "a"))) (close-port p) (close-port p) (close-input-port p) (input-port-open? p)) ; => #f
(input-port-open? 5)                    ; !! input-port-open?
(input-port-open? (open-output-string)) ; => #f
(output-port-open? (open-input-string "")) ; => #f
(close-input-port (open-output-string)) ; !! close-input-port
(close-output-port (open-input-string "")) ; !! close-output-port
(close-port 5)                          ; !! close-port
(let ((p (open-input-string "a"))) (close-port p) (read-char p)) ; !! closed
(let ((p (open-output-string))) (close-port p) (write 1 p)) ; !! closed
(let ((p (open-output-string))) (parameterize ((current-output-port p)) (display "piece") (write 'x)) (get-output-string p)) ; => "piecex"
(let ((p (open-input-string "abc"))) (parameterize ((current-input-port p)) (list (read-char) (peek-char) (read-string 5) (read-char)))) ; => (#\a #\b "bc" #<eof>)
(parameterize ((current-output-port 5)) (write 1)) ; !! parameterize: expected an output port, got 5
(parameterize ((current-output-port 5)) 1) ; !! parameterize: expected an output port, got 5
(parameterize ((current-error-port (open-input-string ""))) 1) ; !! parameterize: expected an output port, got
(parameterize ((current-input-port (open-output-string))) 1) ; !! parameterize: expected an input port, got
(let ((p (make-parameter 1))) (list (guard (e (#t (p))) (parameterize ((p 2) (current-output-port 'x)) 1)) (p))) ; => (1 1)
(let ((p (open-output-bytevector))) (parameterize ((current-output-port p)) (write-u8 7)) (get-output-bytevector p)) ; => #u8(7)
(parameterize ((current-input-port (open-input-bytevector #u8(7)))) (read-u8)) ; => 7
(parameterize ((current-output-port (open-output-bytevector))) (write 1)) ; !! write: expected a textual output port
(get-output-string 5)                   ; !! get-output-string
(get-output-string (open-input-string "")) ; !! get-output-string
(get-output-bytevector (open-output-string)) ; !! get-output-bytevector
(let ((p (open-output-string))) (write 'a p) (let* ((a (get-output-string p)) (b (begin (write 'b p) (get-output-string p)))) (list a b))) ; => ("a" "ab")
(let ((p (open-output-bytevector))) (write-u8 1 p) (write-bytevector #u8(2 3 4 5) p 1 3) (get-output-bytevector p)) ; => #u8(1 3 4)
(open-input-string 5)                   ; !! open-input-string
(open-input-bytevector "a")             ; !! open-input-bytevector

;; 6.13.2 Input
(define (in text) (open-input-string text))
(read (in "(1 \"two\" #\\3) x"))        ; => (1 "two" #\3)
(eof-object? (read (in "")))            ; => #t
(eof-object? (eof-object))              ; => #t
(eof-object? 'eof)                      ; => #f
(let ((p (in "ab"))) (let* ((a (peek-char p)) (b (read-char p)) (c (read-char p)) (d (peek-char p)) (e (read-char p))) (list a b c (eof-object? d) (eof-object? e)))) ; => (#\a #\a #\b #t #t)
(let ((p (in "one\ntwo\n\nlast"))) (let* ((a (read-line p)) (b (read-line p)) (c (read-line p)) (d (read-line p)) (e (read-line p))) (list a b c d (eof-object? e)))) ; => ("one" "two" "" "last" #t)
(read-line (in "a\r\nb"))               ; => "a"
(let ((p (in "abcdef"))) (let* ((a (read-string 2 p)) (b (read-string 10 p)) (c (read-string 1 p))) (list a b (eof-object? c)))) ; => ("ab" "cdef" #t)
(read-string 0 (in "abc"))              ; => ""
(read-string -1 (in "abc"))             ; !! read-string
(char-ready? (in "a"))                  ; => #t
(char-ready? (in ""))                   ; => #t
(read-char (open-input-bytevector #u8(1))) ; !! read-char
(read-u8 (in "a"))                      ; !! read-u8
(read-char (open-output-string))        ; !! read-char
(read-char 5)                           ; !! read-char
(let ((p (open-input-bytevector #u8(1 2)))) (let* ((a (peek-u8 p)) (b (read-u8 p)) (c (u8-ready? p)) (d (read-u8 p)) (e (peek-u8 p)) (f (read-u8 p))) (list a b c d (eof-object? e) (eof-object? f)))) ; => (1 1 #t 2 #t #t)
(let ((p (open-input-bytevector #u8(1 2 3 4 5)))) (let* ((a (read-bytevector 2 p)) (b (read-bytevector 10 p)) (c (read-bytevector 1 p))) (list a b (eof-object? c)))) ; => (#u8(1 2) #u8(3 4 5) #t)
(read-bytevector 0 (open-input-bytevector #u8(1))) ; => #u8()
(let* ((b (make-bytevector 4 0)) (n (read-bytevector! b (open-input-bytevector #u8(1 2 3)) 1))) (list n b)) ; => (3 #u8(0 1 2 3))
(let* ((b (make-bytevector 4 0)) (n (read-bytevector! b (open-input-bytevector #u8(1 2 3)) 1 3))) (list n b)) ; => (2 #u8(0 1 2 0))
(eof-object? (read-bytevector! (make-bytevector 2 0) (open-input-bytevector #u8()))) ; => #t
(read-bytevector! #u8(1 2) (open-input-bytevector #u8(1))) ; !! read-bytevector!

;; 6.13.3 Output
(define (out f object) (let ((p (open-output-string))) (f object p) (get-output-string p)))
(out write "a\"b\\c\nd\te\x7;λ")        ; => "\"a\\\"b\\\\c\\nd\\te\\aλ\""
(out display "a\"b\\c")                 ; => "a\"b\\c"
(out write #\a)                         ; => "#\\a"
(out display #\a)                       ; => "a"
(out display '("a" #\b (c . "d") #("e"))) ; => "(a b (c . d) #(e))"
(out write '|a b|)                      ; => "|a b|"
(out display '|a b|)                    ; => "a b"
(out write '(quote a))                  ; => "'a"
(out write ''())                        ; => "'()"
(out write '(1 . (2 . (3 . 4))))        ; => "(1 2 3 . 4)"
(define circle (let ((c (list 1 2))) (set-cdr! (cdr c) c) c))
(out write circle)                      ; => "#0=(1 2 . #0#)"
(out display circle)                    ; => "#0=(1 2 . #0#)"
(out write-shared circle)               ; => "#0=(1 2 . #0#)"
(define shared (let ((c (list 1))) (list c c)))
(out write shared)                      ; => "((1) (1))"
(out write-shared shared)               ; => "(#0=(1) #0#)"
(out write-simple shared)               ; => "((1) (1))"
(out write-shared (let ((v (vector 1 #f))) (vector-set! v 1 v) v)) ; => "#0=#(1 #0#)"
(out write-shared (let ((s "ab")) (list s s))) ; => "(\"ab\" \"ab\")"
(out write-shared '(a a () () 1 1))     ; => "(a a () () 1 1)"
(let ((p (open-output-string))) (write-string "abcdef" p) (write-string "abcdef" p 4) (write-string "abcdef" p 1 3) (write-char #\x p) (newline p) (get-output-string p)) ; => "abcdefefbcx\n"
(write-string 'a)                       ; !! write-string
(write-char "a")                        ; !! write-char
(write-u8 256 (open-output-bytevector)) ; !! write-u8
(write-u8 1 (open-output-string))       ; !! write-u8
(write-char #\a (open-output-bytevector)) ; !! write-char
(write 1 (open-input-string ""))        ; !! write
(write-string "abc" (current-output-port) 4) ; !! write-string
(flush-output-port (open-output-string))
(flush-output-port 5)                   ; !! flush-output-port

;; Files
(define name "r7rs-test-output.txt")
(call-with-output-file name (lambda (p) (write-string "line λ 1\nline 2\n" p)))
(call-with-input-file name (lambda (p) (let* ((a (read-line p)) (b (read-line p)) (c (read-line p))) (list a b (eof-object? c))))) ; => ("line λ 1" "line 2" #t)
(with-output-to-file name (lambda () (write '(a . b))))
(with-input-from-file name (lambda () (read))) ; => (a . b)
(let ((p (open-binary-output-file name))) (write-bytevector #u8(0 255 10) p) (close-port p) (write-u8 1 p)) ; !! closed
(let* ((p (open-binary-input-file name)) (b (read-bytevector 100 p))) (close-input-port p) b) ; => #u8(0 255 10)
(let ((p (open-output-file name))) (write 'x p) (close-output-port p) (call-with-input-file name read-string*)) ; !! read-string*
(call-with-input-file name (lambda (p) (read-string 10 p))) ; => "x"
(guard (e ((file-error? e) 'no)) (open-input-file "no/such/file")) ; => no
(guard (e ((file-error? e) 'no)) (open-output-file "no/such/file")) ; => no
(guard (e ((file-error? e) 'no)) (open-binary-input-file "no/such/file")) ; => no
(call-with-values (lambda () (call-with-input-file name (lambda (p) (values 1 2)))) list) ; => (1 2)
(let () (delete-file name) (file-exists? name)) ; => #f
(open-input-file 5)                     ; !! open-input-file
;; Invalid UTF-8 is read without an end of the program
(string? (let ((p (open-binary-output-file name))) (write-bytevector #u8(97 255 98 10) p) (close-port p) (guard (e (#t "error")) (call-with-input-file name read-line)))) ; => #t
(delete-file name)
