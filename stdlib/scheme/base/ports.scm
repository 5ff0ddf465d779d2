;;; ports.scm - the procedures of (scheme base) that call a procedure with a port.

;;> (call-with-port port proc) -> what proc returns
;;> Calls proc with port and closes port when proc returns.
(define (call-with-port port proc)
  (let ((result (proc port)))
    (close-port port)
    result))
