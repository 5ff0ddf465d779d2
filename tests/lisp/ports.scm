;; Ports: section 6.13 in its corners. What ends a line and what ends the input, who may use which
;; port and when, what is an error and of which kind, and what happens to files that fail.
;; stress: 101
(import (scheme base) (scheme file) (scheme load) (scheme read) (scheme write) (limpet misc))

(define name "ports.tmp")
(define (in text) (open-input-string text))
(define (bytes . all) (open-input-bytevector (apply bytevector all)))
(define (put-bytes . all)
  (call-with-port (open-binary-output-file name) (lambda (port) (write-bytevector (apply bytevector all) port))))
(define (put text) (call-with-output-file name (lambda (port) (write-string text port))))
(define (text-of-file) (call-with-input-file name (lambda (port) (read-string 100000 port))))
(define (all read-one port)
  (let loop ((read-ones '()))
    (let ((one (read-one port)))
      (if (eof-object? one) (reverse read-ones) (loop (cons one read-ones))))))
(define-syntax kind-of
  (syntax-rules ()
    ((_ form) (guard (e ((file-error? e) 'file) ((read-error? e) 'read) ((error-object? e) 'error)) form))))

;; Lines
(write (all read-line (in "a\r\nb\rc\nd")))  ; => ("a" "b" "c" "d")
(write (all read-line (in "\n\r\n\r")))      ; => ("" "" "")
(write (all read-line (in "\r\r\n\n")))      ; => ("" "" "")
(write (all read-line (in "")))              ; => ()
(write (all read-line (in "a")))             ; => ("a")
(write (all read-line (in "a\n")))           ; => ("a")
(write (all read-line (in "a\x85;b\x2028;c\x0b;d\x0c;e"))) ; => ("a\x85;b\x2028;c\xb;d\xc;e")
(write (begin (put "one\r\ntwo\r\n") (call-with-input-file name (lambda (port) (all read-line port))))) ; => ("one" "two")
;; What is not read as a line keeps its characters
(write (all read-char (in "a\r\nb")))        ; => (#\a #\return #\newline #\b)
(write (let ((p (in "a\r\nb"))) (list (read-char p) (read-char p) (read-line p) (read-line p)))) ; => (#\a #\return "" "b")
(write (let ((p (in "ab\ncd"))) (list (read-string 1 p) (read-line p) (peek-char p) (read-line p) (read-line p)))) ; => ("a" "b" #\c "cd" #<eof>)

;; Strings and bytes by number
(write (read-string 0 (in "")))              ; => ""
(write (read-string 1 (in "")))              ; => #<eof>
(write (let ((p (in "λμν"))) (list (read-string 2 p) (read-string 0 p) (read-string 2 p) (read-string 2 p) (read-string 0 p)))) ; => ("λμ" "" "ν" #<eof> "")
(write (read-string 1000000000000 (in "few"))) ; => "few"
(write (read-bytevector 1000000000000 (bytes 1 2))) ; => #u8(1 2)
(write (read-bytevector 0 (bytes)))          ; => #u8()
(write (read-bytevector 1 (bytes)))          ; => #<eof>
(read-string 1.0 (in "a"))                   ; !! read-string: expected
(read-string (expt 10 30) (in "a"))          ; !! read-string: expected
(read-bytevector -1 (bytes 1))               ; !! read-bytevector: expected
(write (let ((to (bytevector 0 0 0 0))) (list (read-bytevector! to (bytes 1 2 3 4 5 6)) to))) ; => (4 #u8(1 2 3 4))
(write (let ((to (bytevector 0 0 0 0))) (list (read-bytevector! to (bytes) 4) (read-bytevector! to (bytes) 2 2) (read-bytevector! to (bytes 1) 2 2) to))) ; => (0 0 0 #u8(0 0 0 0))
(write (let ((to (bytevector 0 0)) (p (bytes 1 2 3))) (list (read-bytevector! to p 1) (read-bytevector! to p 0 1) (read-u8 p) to))) ; => (1 1 3 #u8(2 1))
(read-bytevector! (bytevector 0 0) (bytes 1) 3) ; !! read-bytevector!: argument 3, 3, is out of range: at most 2
(read-bytevector! (bytevector 0 0) (bytes 1) 1 3) ; !! read-bytevector!: argument 4, 3, is out of range: at most 2
(read-bytevector! (bytevector 0 0) (bytes 1) 2 1) ; !! read-bytevector!:
(read-bytevector! (make-string 2) (bytes 1)) ; !! read-bytevector!: expected a bytevector

;; The end stays where it is, and does not close the port
(write (let ((p (in "a"))) (list (read-char p) (read-char p) (peek-char p) (read-line p) (read-string 3 p) (read p) (char-ready? p) (input-port-open? p)))) ; => (#\a #<eof> #<eof> #<eof> #<eof> #<eof> #t #t)
(write (let ((p (bytes 1))) (list (read-u8 p) (read-u8 p) (peek-u8 p) (u8-ready? p) (input-port-open? p)))) ; => (1 #<eof> #<eof> #t #t)
(write (eq? (read-char (in "")) (eof-object))) ; => #t

;; read takes a datum and nothing behind it
(write (let ((p (in "(a) b;c\nd"))) (list (read p) (read-char p) (read p) (read-line p) (read p) (read p)))) ; => ((a) #\space b ";c" d #<eof>)
(write (let ((p (in "a\"b\"c(d)e;f"))) (list (read p) (read p) (read p) (read p) (read p) (read-line p)))) ; => (a "b" c (d) e ";f")
(write (kind-of (read (in "("))))            ; => read
(write (kind-of (read (in "#<"))))           ; => read
(write (kind-of (read (in ")"))))            ; => read
(write (kind-of (read (in "\"a"))))          ; => read
(write (kind-of (read (in "#;"))))           ; => read
(write (kind-of (read (in "#|"))))           ; => read
;; A port can be read on behind what was wrong
(write (let ((p (in ") a"))) (list (kind-of (read p)) (read p)))) ; => (read a)

;; Which port for what
(write (map (lambda (p) (list (port? p) (input-port? p) (output-port? p) (textual-port? p) (binary-port? p)))
     (list (in "") (open-output-string) (bytes) (open-output-bytevector) "port" #f (eof-object))))
; => ((#t #t #f #t #f) (#t #f #t #t #f) (#t #t #f #f #t) (#t #f #t #f #t) (#f #f #f #f #f) (#f #f #f #f #f) (#f #f #f #f #f))
(read-char (bytes 1))                        ; !! read-char: expected a textual input port
(peek-char (bytes 1))                        ; !! peek-char: expected a textual input port
(read-line (bytes 1))                        ; !! read-line: expected a textual input port
(read-string 1 (bytes 1))                    ; !! read-string: expected a textual input port as argument 2
(char-ready? (bytes 1))                      ; !! char-ready?: expected a textual input port
(read (bytes 1))                             ; !! read: expected a textual input port
(read-u8 (in "a"))                           ; !! read-u8: expected a binary input port
(peek-u8 (in "a"))                           ; !! peek-u8: expected a binary input port
(u8-ready? (in "a"))                         ; !! u8-ready?: expected a binary input port
(read-bytevector 1 (in "a"))                 ; !! read-bytevector: expected a binary input port as argument 2
(read-bytevector! (bytevector 1) (in "a"))   ; !! read-bytevector!: expected a binary input port as argument 2
(write-char #\a (open-output-bytevector))    ; !! write-char: expected a textual output port as argument 2
(write-string "a" (open-output-bytevector))  ; !! write-string: expected a textual output port as argument 2
(newline (open-output-bytevector))           ; !! newline: expected a textual output port
(display 1 (open-output-bytevector))         ; !! display: expected a textual output port as argument 2
(write-u8 1 (open-output-string))            ; !! write-u8: expected a binary output port as argument 2
(write-bytevector (bytevector 1) (open-output-string)) ; !! write-bytevector: expected a binary output port as argument 2
(flush-output-port (in "a"))                 ; !! flush-output-port: expected an output port
(write-u8 -1 (open-output-bytevector))       ; !! write-u8: expected
(write-u8 1.0 (open-output-bytevector))      ; !! write-u8: expected
(write-bytevector (bytevector 1 2) (open-output-bytevector) 3) ; !! write-bytevector: argument 3, 3, is out of range: at most 2
(write-string "ab" (open-output-string) 2 1) ; !! write-string

;; Closing: once is enough, twice is no error, and using it afterwards is one
(define (closed port) (close-port port) port)
(write (let ((p (in "a"))) (close-input-port p) (close-input-port p) (close-port p) (list (input-port? p) (input-port-open? p) (textual-port? p)))) ; => (#t #f #t)
(write (let ((p (open-output-string))) (write 'kept p) (close-output-port p) (close-port p) (list (output-port-open? p) (get-output-string p)))) ; => (#f "kept")
(write (map (lambda (use) (guard (e ((error-object? e) (error-object-message e))) (use)))
     (list (lambda () (read-char (closed (in "a")))) (lambda () (peek-char (closed (in "a")))) (lambda () (read-line (closed (in "a"))))
           (lambda () (read-string 0 (closed (in "a")))) (lambda () (char-ready? (closed (in "a")))) (lambda () (read (closed (in "a"))))
           (lambda () (read-u8 (closed (bytes 1)))) (lambda () (u8-ready? (closed (bytes 1)))) (lambda () (read-bytevector 0 (closed (bytes 1))))
           (lambda () (write 1 (closed (open-output-string)))) (lambda () (write-char #\a (closed (open-output-string))))
           (lambda () (newline (closed (open-output-string)))) (lambda () (write-string "" (closed (open-output-string))))
           (lambda () (write-u8 1 (closed (open-output-bytevector)))) (lambda () (flush-output-port (closed (open-output-string)))))))
; => ("read-char: the port is closed" "peek-char: the port is closed" "read-line: the port is closed" "read-string: the port is closed" "char-ready?: the port is closed" "read: the port is closed" "read-u8: the port is closed" "u8-ready?: the port is closed" "read-bytevector: the port is closed" "write: the port is closed" "write-char: the port is closed" "newline: the port is closed" "write-string: the port is closed" "write-u8: the port is closed" "flush-output-port: the port is closed")
(write (kind-of (read-char (closed (in "a"))))) ; => error
(close-input-port (open-output-string))      ; !! close-input-port: expected an input port
(close-output-port (in ""))                  ; !! close-output-port: expected an output port
(close-port "port")                          ; !! close-port: expected a port

;; call-with-port closes when its procedure returns, with all its values, and not when it escapes
(write (call-with-values (lambda () (call-with-port (in "ab") (lambda (p) (values (read-char p) (read-char p))))) list)) ; => (#\a #\b)
(write (let ((p (in "ab"))) (call/cc (lambda (leave) (call-with-port p (lambda (p) (leave (read-char p)))))) (list (input-port-open? p) (read-char p)))) ; => (#t #\b)
(write (let ((p (in "ab"))) (kind-of (call-with-port p (lambda (p) (error "no")))) (input-port-open? p))) ; => #t
(write (let ((p (in "ab"))) (call-with-port p close-port) (input-port-open? p))) ; => #f
(call-with-port 5 read-char)                 ; !! call-with-port: expected a port
(call-with-port (in "a") 5)                  ; !! call-with-port: expected a procedure

;; The current ports come back however control leaves, and are there again when it comes back
(put "inside")
(write (let ((outer (current-input-port))) (let* ((got (with-input-from-file name read)) (back (eq? outer (current-input-port)))) (list got back)))) ; => (inside #t)
(write (let ((outer (current-input-port))) (list (call/cc (lambda (leave) (with-input-from-file name (lambda () (leave (read)))))) (eq? outer (current-input-port))))) ; => (inside #t)
(write (let ((outer (current-input-port))) (list (kind-of (with-input-from-file name (lambda () (read-char) (error "no")))) (eq? outer (current-input-port))))) ; => (error #t)
(write (let ((outer (current-output-port))) (list (call/cc (lambda (leave) (with-output-to-file name (lambda () (leave 'left))))) (eq? outer (current-output-port))))) ; => (left #t)
(put "abc")
(write (let ((again #f) (rounds 0) (read-ones '()))
  (call/cc (lambda (leave)
    (with-input-from-file name
      (lambda ()
        (call/cc (lambda (here) (set! again here)))
        (set! read-ones (cons (read-char) read-ones))
        (leave #t)))))
  (set! rounds (+ rounds 1))
  (if (< rounds 3) (again #t) (reverse read-ones)))) ; => (#\a #\b #\c)
(write (begin (with-output-to-file name (lambda () (display "first"))) (with-output-to-file name (lambda () (display "2nd"))) (text-of-file))) ; => "2nd"
(write (call-with-values (lambda () (with-input-from-file name (lambda () (values 1 2 3)))) list)) ; => (1 2 3)

;; Output waits in the buffer, goes out when flushed or closed, and a read elsewhere sees it then
(define waiting (open-output-file name))
(write (begin (write-string "waits" waiting) (flush-output-port waiting) (text-of-file))) ; => "waits"
(write (begin (write-string " more" waiting) (close-port waiting) (text-of-file))) ; => "waits more"
;; ... or when the port is dropped, and then its file is closed: there are more here than a process may have
(write (let loop ((i 0)) (if (< i 3000) (begin (write i (open-output-file name)) (loop (+ i 1))) 'opened))) ; => opened
(write (let loop ((i 0)) (if (< i 3000) (begin (open-input-file name) (loop (+ i 1))) 'opened))) ; => opened
(define (drop-one) (let ((p (open-output-file name))) (write-string "dropped" p) #t))
(write (begin (drop-one) (gc) (gc) (text-of-file))) ; => "dropped"

;; Files that cannot be opened, read, written or deleted
(write (kind-of (open-input-file "no-such-file"))) ; => file
(write (kind-of (open-binary-input-file "no-such-file"))) ; => file
(write (kind-of (open-output-file "no-such-folder/file"))) ; => file
(write (kind-of (open-binary-output-file "no-such-folder/file"))) ; => file
(write (kind-of (call-with-input-file "no-such-file" read))) ; => file
(write (kind-of (call-with-output-file "no-such-folder/file" newline))) ; => file
(write (kind-of (with-input-from-file "no-such-file" read))) ; => file
(write (kind-of (with-output-to-file "no-such-folder/file" newline))) ; => file
(write (kind-of (delete-file "no-such-file"))) ; => file
(write (kind-of (load "no-such-file")))      ; => file
(write (kind-of (open-input-file "a\x0;b"))) ; => file
(write (kind-of (open-input-file "")))       ; => file
(write (kind-of (open-input-file (make-string 100000 #\a)))) ; => file
(write (kind-of (open-input-file 'symbol)))  ; => error
(write (list (file-exists? "no-such-file") (file-exists? name) (file-exists? "."))) ; => (#f #t #t)
(open-input-file "no-such-file")             ; !! open-input-file: cannot open no-such-file: No such file or directory
(open-input-file ".")                        ; !! open-input-file: cannot open .: Is a directory
(open-binary-input-file ".")                 ; !! open-binary-input-file: cannot open .: Is a directory
(open-output-file ".")                       ; !! open-output-file: cannot open .: Is a directory
(delete-file "no-such-file")                 ; !! delete-file: cannot delete no-such-file: No such file or directory
(with-input-from-file name)                  ; !! with-input-from-file: expected 2 arguments, got 1
(with-input-from-file name 5)                ; !! with-input-from-file: expected a procedure

;; A device that is full: nothing is said until the buffer must go
(define (full) (open-output-file "/dev/full"))
(define (failing port) (write-string "lost" port) port)
(flush-output-port (failing (full)))         ; !! flush-output-port: /dev/full: No space left on device
(close-port (failing (full)))                ; !! close-port: /dev/full: No space left on device
(write (let ((p (full))) (list (kind-of (close-port (failing p))) (output-port-open? p) (close-port p)))) ; => (file #f #<unspecified>)
(write (kind-of (call-with-output-file "/dev/full" failing))) ; => file
(write (kind-of (with-output-to-file "/dev/full" (lambda () (write-string "lost"))))) ; => file
(write (kind-of (write-string (make-string 1000000 #\λ) (full)))) ; => file
(write (kind-of (write-bytevector (make-bytevector 1000000 1) (open-binary-output-file "/dev/full")))) ; => file
(write (kind-of (let ((p (open-binary-output-file "/dev/full"))) (let loop () (write-u8 1 p) (loop))))) ; => file
(write (kind-of (let ((p (full))) (let loop () (write-char #\a p) (loop))))) ; => file
(write (kind-of (let ((p (full))) (let loop () (write '(a b) p) (newline p) (loop))))) ; => file
;; Afterwards the port can be used on
(write (let ((p (full))) (list (kind-of (flush-output-port (failing p))) (flush-output-port p) (output-port-open? p)))) ; => (file #<unspecified> #t)

;; Bytes that are no UTF-8 read as U+FFFD, one for each run that began well
(define (chars-of . all) (apply put-bytes all) (map char->integer (string->list (text-of-file))))
(write (chars-of 65 #xff 66))                ; => (65 65533 66)
(write (chars-of #xc0 #x80))                 ; => (65533 65533)
(write (chars-of #xe2 #x82))                 ; => (65533)
(write (chars-of #xe2 #x82 65))              ; => (65533 65)
(write (chars-of #xf0 #x9f #x98 #xe2 #x82 #xac)) ; => (65533 8364)
(write (chars-of #xed #xa0 #x80))            ; => (65533 65533 65533)
(write (chars-of #xf4 #x90 #x80 #x80))       ; => (65533 65533 65533 65533)
(write (chars-of #xef #xbb #xbf 65))         ; => (65279 65)
(write (begin (put-bytes 40 97 #xff 98 41) (kind-of (call-with-input-file name read)))) ; => read
;; What is written is UTF-8
(write (begin (put "aλ€\x1f600;") (call-with-port (open-binary-input-file name) (lambda (p) (read-bytevector 100 p))))) ; => #u8(97 206 187 226 130 172 240 159 152 128)

;; Ports on strings and bytevectors copy
(write (let* ((s (string-copy "abc")) (p (in s))) (string-set! s 0 #\x) (read-line p))) ; => "abc"
(write (let* ((b (bytevector 1 2 3)) (p (open-input-bytevector b))) (bytevector-u8-set! b 0 9) (read-u8 p))) ; => 1
(write (let* ((p (open-output-string)) (s (begin (write 'a p) (get-output-string p)))) (string-set! s 0 #\x) (list s (get-output-string p)))) ; => ("x" "a")
(write (let* ((p (open-output-bytevector)) (b (begin (write-u8 1 p) (get-output-bytevector p)))) (bytevector-u8-set! b 0 9) (write-u8 2 p) (list b (get-output-bytevector p)))) ; => (#u8(9) #u8(1 2))
(get-output-string (open-output-bytevector)) ; !! get-output-string: expected a port made by open-output-string
(get-output-bytevector (open-output-string)) ; !! get-output-bytevector: expected a port made by open-output-bytevector
(get-output-string (current-output-port))    ; !! get-output-string: expected a port made by open-output-string
(delete-file name)
