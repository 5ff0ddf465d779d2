;; Characters and bytes, read and written one at a time by instructions: what the buffer is enough
;; for, and everything that it is not enough for.
;; stress: 200
(import (scheme base) (scheme char) (scheme eval) (scheme file) (scheme read) (scheme write) (limpet misc))

(define name "port-instructions.tmp")

(define (text-of . parts)
  (let ((port (open-output-string)))
    (for-each (lambda (part) (write-string part port)) parts)
    (get-output-string port)))

;; ---- To the end, and behind it ----

(define (count-chars port)
  (let loop ((n 0))
    (let ((c (read-char port)))
      (if (eof-object? c) n (loop (+ n 1))))))
(count-chars (open-input-string ""))              ; => 0
(count-chars (open-input-string "abc"))           ; => 3
(count-chars (open-input-string "a\r\nß漢\x1F600;\x7f;\x0;"))  ; => 8

(define ended (open-input-string "x"))
(read-char ended)                                 ; => #\x
(list (eof-object? (peek-char ended)) (eof-object? (read-char ended))
      (eof-object? (read-char ended)) (eof-object? (peek-char ended)))  ; => (#t #t #t #t)
(define ended-bytes (open-input-bytevector (bytevector 255)))
(list (peek-u8 ended-bytes) (read-u8 ended-bytes))  ; => (255 255)
(list (eof-object? (read-u8 ended-bytes)) (eof-object? (peek-u8 ended-bytes))
      (eof-object? (read-u8 ended-bytes)))        ; => (#t #t #t)

;; The test for the end is a part of the reading, whichever way it is written.
(define (first-or port none) (let ((c (read-char port))) (if (eof-object? c) none c)))
(map (lambda (s) (first-or (open-input-string s) 'none)) '("" "a" "\n" "é"))  ; => (none #\a #\newline #\é)
(define (is-more port) (not (eof-object? (peek-char port))))
(map (lambda (s) (is-more (open-input-string s))) '("" "a" "\n" "é"))  ; => (#f #t #t #t)
(define (both a b) (let* ((x (read-char a)) (y (read-char b))) (list (eof-object? x) (eof-object? y) (eof-object? x))))
(both (open-input-string "") (open-input-string "b"))  ; => (#t #f #t)
(both (open-input-string "a") (open-input-string ""))  ; => (#f #t #f)
(define (either port flag)
  (let ((c (if flag (read-char port) (peek-char port))))
    (if (eof-object? c) 'end c)))
(list (either (open-input-string "") #t) (either (open-input-string "") #f)
      (either (open-input-string "a") #t) (either (open-input-string "a") #f))  ; => (end end #\a #\a)
(define (reread port)
  (let again ((c (read-u8 port)) (sum 0))
    (if (eof-object? c) sum (again (read-u8 port) (+ sum c)))))
(reread (open-input-bytevector (bytevector 1 2 3)))  ; => 6
(define (end-in-body port) (let ((c (read-char port))) (set! c (if (eof-object? c) 'end c)) c))
(list (end-in-body (open-input-string "")) (end-in-body (open-input-string "q")))  ; => (end #\q)

;; ... even if the way out is farther than an instruction can say.
(define far
  (eval `(lambda (port)
           (let ((c (read-char port)) (v (vector 0)))
             (if (eof-object? c)
                 'end
                 (begin
                   ,@(make-list 12000 '(vector-set! v 0 (+ (vector-ref v 0) 1)))
                   (list c (vector-ref v 0))))))
        (environment '(scheme base))))
(map far (list (open-input-string "") (open-input-string "x")))  ; => (end (#\x 12000))

;; Beyond one buffer, with ends of lines and wide characters across the ends of buffers.
(define (repeated unit times) (apply text-of (make-list times unit)))
(define (write-all string port)
  (string-for-each (lambda (c) (write-char c port)) string))
(define (read-all port)
  (let ((to (open-output-string)))
    (let loop ()
      (let ((c (read-char port)))
        (if (eof-object? c)
            (get-output-string to)
            (begin (write-char c to) (loop)))))))
(define (survives? unit)
  (let ((text (repeated unit (quotient 70000 (string-length unit)))))
    (call-with-output-file name (lambda (port) (write-all text port)))
    (string=? text (call-with-input-file name read-all))))
(map survives? '("x" "0123456789\n" "é" "漢字x" "\x1F600;" "ab\r\n" "\x0;\t"))  ; => (#t #t #t #t #t #t #t)

;; Invalid UTF-8, cut in the middle at the end of the file and of the buffer.
(define (bytes->file . parts)
  (let ((port (open-binary-output-file name)))
    (for-each (lambda (part) (write-bytevector part port)) parts)
    (close-port port)))
(define (chars-of-file)
  (call-with-input-file name
    (lambda (port)
      (let loop ((codes '()))
        (let ((c (read-char port)))
          (if (eof-object? c) (reverse codes) (loop (cons (char->integer c) codes))))))))
(bytes->file (bytevector 97 255 98 #xe6 #xbc))
(chars-of-file)                                   ; => (97 65533 98 65533)
(bytes->file (make-bytevector 65535 97) (bytevector #xe6 #xbc #xa2 97 #xf0 #x9f))
(let ((codes (chars-of-file))) (list (length codes) (list-tail codes 65534)))  ; => (65538 (97 28450 97 65533))
(bytes->file (make-bytevector 65534 97) (bytevector #xe6 #xbc 10))
(list-tail (chars-of-file) 65533)                 ; => (97 65533 10)

;; ---- Bytes ----

(define (copy-bytes from to)
  (let loop ((n 0))
    (let ((byte (read-u8 from)))
      (cond ((eof-object? byte) n)
            (else (write-u8 byte to) (loop (+ n 1)))))))
(let ((to (open-output-bytevector)))
  (list (copy-bytes (open-input-bytevector (bytevector 0 127 128 255)) to) (get-output-bytevector to)))  ; => (4 #u8(0 127 128 255))
(let ((to (open-output-bytevector)))
  (copy-bytes (open-input-bytevector (make-bytevector 200000 7)) to)
  (equal? (get-output-bytevector to) (make-bytevector 200000 7)))  ; => #t

;; ---- Without a port ----

(define (read-two) (let* ((a (read-char)) (b (peek-char))) (list a b (read-char) (eof-object? (read-char)))))
(call-with-output-file name (lambda (port) (write-string "ab" port)))
(with-input-from-file name read-two)              ; => (#\a #\b #\b #t)
(with-output-to-file name (lambda () (write-char #\z) (write-char #\é) (newline)))
(with-input-from-file name (lambda () (list (read-char) (read-char) (read-char) (eof-object? (read-char)))))  ; => (#\z #\é #\newline #t)
(define (port-in-force)
  (let ((a (open-output-string)) (b (open-output-string)))
    (parameterize ((current-output-port a))
      (write-char #\1)
      (parameterize ((current-output-port b)) (write-char #\2))
      (write-char #\3))
    (list (get-output-string a) (get-output-string b))))
(port-in-force)                                   ; => ("13" "2")
(parameterize ((current-input-port (open-input-bytevector (bytevector 9 8))))
  (list (peek-u8) (read-u8) (read-u8) (eof-object? (read-u8))))  ; => (9 9 8 #t)
(parameterize ((current-output-port (open-output-bytevector)))
  (write-u8 17)
  (get-output-bytevector (current-output-port)))  ; => #u8(17)
(eq? (current-output-port) (current-error-port))  ; => #f
(parameterize ((current-error-port (current-output-port)))
  (eq? (current-output-port) (current-error-port)))  ; => #t
(parameterize ((current-input-port (open-input-bytevector (bytevector 9 8)))) (read-char))  ; !! read-char: expected a textual input port as argument 1
(parameterize ((current-output-port (open-output-bytevector))) (write-char #\a))  ; !! write-char: expected a textual output port as argument 2
(let ((port (open-input-string "abc")))
  (parameterize ((current-input-port port)) (close-port port) (peek-char)))  ; !! peek-char: the port is closed

;; ---- What is refused ----

(define in (open-input-string "abc"))
(define bytes-in (open-input-bytevector (bytevector 1 2 3)))
(define out (open-output-string))
(define bytes-out (open-output-bytevector))
(read-char bytes-in)      ; !! read-char: expected a textual input port as argument 1
(peek-char bytes-in)      ; !! peek-char: expected a textual input port as argument 1
(read-u8 in)              ; !! read-u8: expected a binary input port as argument 1
(peek-u8 in)              ; !! peek-u8: expected a binary input port as argument 1
(read-char out)           ; !! read-char: expected a textual input port as argument 1
(peek-u8 bytes-out)       ; !! peek-u8: expected a binary input port as argument 1
(read-char 'in)           ; !! read-char: expected a textual input port as argument 1, got in
(read-u8 17)              ; !! read-u8: expected a binary input port as argument 1, got 17
(write-char #\a in)       ; !! write-char: expected a textual output port as argument 2
(write-char #\a bytes-out)  ; !! write-char: expected a textual output port as argument 2
(write-char "a" out)      ; !! write-char: expected a character as argument 1
(write-char 97 out)       ; !! write-char: expected a character as argument 1, got 97
(write-char 'a 'b)        ; !! write-char: expected a character as argument 1, got a
(write-char (read-char (open-input-string "")) out)  ; !! write-char: expected a character as argument 1
(write-u8 256 bytes-out)  ; !! write-u8: expected an exact integer from 0 to 255 as argument 1, got 256
(write-u8 -1 bytes-out)   ; !! write-u8: expected an exact integer from 0 to 255 as argument 1, got -1
(write-u8 #\a bytes-out)  ; !! write-u8: expected an exact integer from 0 to 255 as argument 1
(write-u8 1.0 bytes-out)  ; !! write-u8: expected an exact integer from 0 to 255 as argument 1
(write-u8 1 out)          ; !! write-u8: expected a binary output port as argument 2
(write-u8 1 bytes-in)     ; !! write-u8: expected a binary output port as argument 2
(read-char in)            ; => #\a
(get-output-string out)   ; => ""

(define (closed port) (close-port port) port)
(read-char (closed (open-input-string "abc")))    ; !! read-char: the port is closed
(peek-char (closed (open-input-string "")))       ; !! peek-char: the port is closed
(read-u8 (closed (open-input-bytevector (bytevector 1))))  ; !! read-u8: the port is closed
(write-char #\a (closed (open-output-string)))    ; !! write-char: the port is closed
(define gathered (open-output-string))
(write-char #\a gathered)
(write-char #\b (closed gathered))                ; !! write-char: the port is closed
(get-output-string gathered)                      ; => "a"
(define to-file (open-output-file name))
(write-char #\a to-file)
(write-char #\b (closed to-file))                 ; !! write-char: the port is closed
(write-u8 1 (closed (open-output-bytevector)))    ; !! write-u8: the port is closed
(define half (open-input-file name))
(read-char half)                                  ; => #\a
(read-char (closed half))                         ; !! read-char: the port is closed

;; An error leaves the port as it was, and a handler's value is not taken for a character.
(define (guarded port)
  (guard (e (#t 'refused)) (let ((c (read-char port))) (if (eof-object? c) 'end c))))
(list (guarded bytes-in) (guarded (open-input-string "")) (read-u8 bytes-in))  ; => (refused end 1)

;; As values they are the procedures themselves.
(map (lambda (read) (read (open-input-string "xy"))) (list read-char peek-char))  ; => (#\x #\x)
(let ((port (open-output-string))) (for-each write-char '(#\a #\é #\b) (list port port port)) (get-output-string port))  ; => "aéb"

;; What was read counts for the position of a later error of the reader.
(define mixed (open-input-string "abc\ndef )"))
(list (read-char mixed) (read mixed) (read-char mixed) (read mixed))  ; => (#\a bc #\newline def)

;; Text that gathers in memory, cut off and continued, by characters of all widths.
(define (gather n)
  (let ((port (open-output-string)))
    (do ((i 0 (+ i 1))) ((= i n))
      (write-char (case (modulo i 4) ((0) #\a) ((1) #\ß) ((2) #\漢) (else #\newline)) port))
    (get-output-string port)))
(let ((text (gather 200000))) (list (string-length text) (string-ref text 199998) (string-ref text 131073)))  ; => (200000 #\漢 #\ß)
(delete-file name)
