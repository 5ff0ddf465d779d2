; Every beginning of a text that has everything: data, or a read error.
; args: --max-heap 64m
; time: 10
; output: 1
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: error
; output: 0
; output: error
; output: error
; output: 0
; output: 0
; output: 0
(define text
  (string-append
   "(define (f x . rest) `(a ,x ,@rest #(1 2.5e3 -7 #xFF) \"str\\n\\x41;\" "
   "#\\a #\\space #u8(1 2 255) |sym bol| #;(gone) #| block #| nested |# |# #t #false "
   "#0=(1 . #0#) 'q #!fold-case ABC #!no-fold-case ... + -1 .5 )) ; end"))
(define (read-all string)
  (guard (e ((read-error? e) 'error))
    (let ((port (open-input-string string)))
      (let loop ((n 0))
        (if (eof-object? (read port)) n (loop (+ n 1)))))))
(do ((i 0 (+ i 1)))
    ((> i (string-length text)))
  (read-all (substring text 0 i)))
(display (read-all text))
(newline)
(for-each
 (lambda (s) (write (read-all s)) (newline))
 (list "(" "#(" "#u8(" "\"" "\"a\\" "\"\\x4" "|" "#|" "#;" "'" "`" "," ",@" "#\\" "(1 ."
       "(1 . 2" "#0=" "#" "#u8" "#!" ")" "(#0#)" "" " " ";"))
