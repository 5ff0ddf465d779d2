; Every character of a text replaced by each of those that matter.
; args: --max-heap 64m
; time: 20
; output: on
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
(string-for-each
 (lambda (c)
   (do ((i 0 (+ i 1)))
       ((= i (string-length text)))
     (let ((copy (string-copy text)))
       (string-set! copy i c)
       (read-all copy))))
 "()\"\\|#;'`,. 0aex\x0;\xff;\x3bb;\x1F600;")
(display "on")
(newline)
