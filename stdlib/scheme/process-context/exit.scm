;;; exit.scm - emergency-exit.

;;> (emergency-exit [obj])
;;> Ends the program as exit does, but calls none of the after thunks of dynamic-wind.
(define emergency-exit
  (case-lambda
    (() (%emergency-exit #t))
    ((status) (%emergency-exit status))))
