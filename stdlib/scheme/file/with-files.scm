;;; with-files.scm - calling a procedure with a file that is open.
;;;
;;; The file is closed when the procedure returns. It stays open when control leaves in another
;;; way, since it may come back.

(define (check-arguments who name proc)
  (if (not (string? name))
      (%type-error who 0 "a string" name))
  (check-procedure who 1 proc))

;;> (call-with-input-file name proc) -> what proc returns
(define (call-with-input-file name proc)
  (check-arguments 'call-with-input-file name proc)
  (call-with-port (open-input-file name) proc))

;;> (call-with-output-file name proc) -> what proc returns
(define (call-with-output-file name proc)
  (check-arguments 'call-with-output-file name proc)
  (call-with-port (open-output-file name) proc))

;;> (with-input-from-file name thunk) -> what thunk returns
;;> Calls thunk while the current input port reads from the file.
(define (with-input-from-file name thunk)
  (check-arguments 'with-input-from-file name thunk)
  (call-with-input-file name
    (lambda (port)
      (parameterize ((current-input-port port))
        (thunk)))))

;;> (with-output-to-file name thunk) -> what thunk returns
;;> Calls thunk while the current output port writes to the file.
(define (with-output-to-file name thunk)
  (check-arguments 'with-output-to-file name thunk)
  (call-with-output-file name
    (lambda (port)
      (parameterize ((current-output-port port))
        (thunk)))))
