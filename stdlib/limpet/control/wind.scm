;;; wind.scm - dynamic-wind, continuations that run its thunks, and exit.
;;;
;;; The dynamic state of a program holds a list of winders, the innermost first: one for each
;;; call of dynamic-wind that control is in. The machine's own continuations reinstate frames,
;;; winders and handlers and run nothing. A continuation made here first walks from the list
;;; of winders that is in effect to the one that was when it was captured: out of the calls
;;; that only the first has, into those that only the second has.
;;;
;;; A winder is a vector that %push-winder! makes: its two thunks, the handlers of the call (in
;;; whose dynamic extent the thunks run), and how many winders are around it. Instead of a thunk
;;; there may be bindings of parameters to exchange, so that parameterize makes no procedures.

(define (winder-before winder) (vector-ref winder 0))
(define (winder-after winder) (vector-ref winder 1))
(define (winder-handlers winder) (vector-ref winder 2))
(define (winder-depth winder) (vector-ref winder 3))

(define (winders-depth winders)
  (if (pair? winders)
      (+ (winder-depth (car winders)) 1)
      0))

;;> (dynamic-wind before thunk after) -> what thunk returns
;;> Calls the three procedures without arguments, in order. Whenever control leaves or enters
;;> the call of thunk through a continuation, after or before is called too.
(define (dynamic-wind before thunk after)
  (check-procedure 'dynamic-wind 0 before)
  (check-procedure 'dynamic-wind 1 thunk)
  (check-procedure 'dynamic-wind 2 after)
  (before)
  (let* ((outer (%push-winder! before after))
         (result (thunk)))
    (%set-winders! outer)
    (after)
    result))

(define (run-thunk thunk)
  (if (pair? thunk)
      (%exchange-parameters! thunk)
      (thunk)))

;; The longest common tail of two lists of winders.
(define (common-winders a b)
  (let ((a-depth (winders-depth a))
        (b-depth (winders-depth b)))
    (let loop ((a (if (> a-depth b-depth) (list-tail a (- a-depth b-depth)) a))
               (b (if (> b-depth a-depth) (list-tail b (- b-depth a-depth)) b)))
      (if (eq? a b)
          a
          (loop (cdr a) (cdr b))))))

(define (unwind-to! common)
  (let ((winders (%winders)))
    (if (not (eq? winders common))
        (begin
          (%set-winders! (cdr winders))
          (%set-handlers! (winder-handlers (car winders)))
          (run-thunk (winder-after (car winders)))
          (unwind-to! common)))))

(define (wind-to! winders common)
  (if (not (eq? winders common))
      (begin
        (wind-to! (cdr winders) common)
        (%set-handlers! (winder-handlers (car winders)))
        (run-thunk (winder-before (car winders)))
        (%set-winders! winders))))

;;> (rewind! winders)
;;> Leaves and enters calls of dynamic-wind until winders are those in effect.
(define (rewind! winders)
  (let ((common (common-winders (%winders) winders)))
    (unwind-to! common)
    (wind-to! winders common)))

;; What call/cc gives to procedure.
(define (call-with-continuation procedure)
  (%call/cc
   (lambda (k)
     (let ((winders (%winders)))
       (procedure
        (case-lambda
          ((value)
           (if (not (eq? (%winders) winders))
               (rewind! winders))
           (k value))
          (results
           (if (not (eq? (%winders) winders))
               (rewind! winders))
           (apply k results))))))))

;;> (call-with-current-continuation proc) -> what proc returns, or what the continuation gets
;;> Calls proc with a procedure that returns its arguments from this call, however often and
;;> from wherever it is called.
(define (call-with-current-continuation proc)
  (check-procedure 'call-with-current-continuation 0 proc)
  (call-with-continuation proc))

;;> (call/cc proc) -> what proc returns, or what the continuation gets
;;> Does what call-with-current-continuation does.
(define (call/cc proc)
  (check-procedure 'call/cc 0 proc)
  (call-with-continuation proc))

;;> (exit [obj])
;;> Leaves all calls of dynamic-wind and ends the program: with success if obj is #t or not
;;> given, with failure if it is #f, with the status obj if it is an integer.
(define exit
  (case-lambda
    (() (exit #t))
    ((status)
     (rewind! '())
     (%emergency-exit status))))
