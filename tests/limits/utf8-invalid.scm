; Invalid UTF-8 in a string conversion is an error or a replacement.
; args: --max-heap 64m
; time: 10
; output: error
; output: error
; output: error
; output: error
; output: error
; output: 97
(define (try bytes)
  (guard (e ((error-object? e) (display "error") (newline)))
    (write (map char->integer (string->list (utf8->string bytes))))
    (newline)))
(try #u8(97 255 98))
(try #u8(#xC0 #x80))
(try #u8(#xED #xA0 #x80))
(try #u8(#xF4 #x90 #x80 #x80))
(try #u8(#xE2 #x82))
(define port (open-input-bytevector #u8(97 0 255)))
(write (read-u8 port))
(newline)
