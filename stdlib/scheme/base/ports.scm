;;; ports.scm - the current ports, and calling a procedure with a port.

;; The machine's own parameters, so that its procedures know the ports without asking Lisp.
(define current-input-port (%current-port-parameter 0))
(define current-output-port (%current-port-parameter 1))
(define current-error-port (%current-port-parameter 2))

;;> (call-with-port port proc) -> what proc returns
;;> Calls proc with port and closes port when proc returns.
(define (call-with-port port proc)
  (if (not (port? port))
      (%type-error 'call-with-port 0 "a port" port))
  (check-procedure 'call-with-port 1 proc)
  (let ((result (proc port)))
    (close-port port)
    result))
