;;; misc.scm - small conveniences.

;;> (assert expression)
;;> Raises an error that shows expression unless its value is true.
(define-syntax assert
  (syntax-rules ()
    ((_ expression)
     (if (not expression)
         (error "assertion failed:" 'expression)))))

(define symbols-made 0)

;;> (generate-symbol [prefix]) -> symbol
;;> A symbol that is different from all others, even from those of the same name. The name is
;;> prefix, a string, with a number.
(define generate-symbol
  (case-lambda
    (() (generate-symbol "g"))
    ((prefix)
     (check-string 'generate-symbol 0 prefix)
     (set! symbols-made (+ symbols-made 1))
     (%uninterned-symbol (string-append prefix (number->string symbols-made))))))

;;> (call-with-output-string proc) -> string
;;> Calls proc with an output port and returns what it wrote there.
(define (call-with-output-string proc)
  (check-procedure 'call-with-output-string 0 proc)
  (let ((port (open-output-string)))
    (proc port)
    (get-output-string port)))

;;> (with-output-to-string thunk) -> string
;;> Calls thunk and returns what it wrote to the current output port.
(define (with-output-to-string thunk)
  (check-procedure 'with-output-to-string 0 thunk)
  (call-with-output-string
   (lambda (port)
     (parameterize ((current-output-port port))
       (thunk)))))

;;> (unspecified)
;;> What procedures return that have nothing to say.
(define (unspecified)
  (%unspecified))
