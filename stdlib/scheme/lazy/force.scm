;;; force.scm - forcing promises.
;;;
;;; A promise holds a box, the pair (done? . value), or (#f . thunk) whose thunk returns the
;;; promise to go on with. Then the two promises share one box, and forcing goes round in a
;;; loop: a chain of delay-force runs in constant space. The method is that of section 7.3 of
;;; the report.

(define (check-promise obj)
  (if (promise? obj)
      obj
      (%type-error 'delay-force 0 "an expression that returns a promise" obj)))

;; promise goes on as next does, unless the thunk has forced promise itself in between.
(define (adopt! promise next)
  (let ((box (%promise-box promise))
        (next-box (%promise-box next)))
    (if (not (car box))
        (begin
          (set-car! box (car next-box))
          (set-cdr! box (cdr next-box))
          (%set-promise-box! next box)))))

;;> (force promise) -> value
;;> The value of promise, computed at the first time. Other objects are their own value.
(define (force promise)
  (if (promise? promise)
      (let loop ()
        (let ((box (%promise-box promise)))
          (if (car box)
              (cdr box)
              (begin
                (adopt! promise (check-promise ((cdr box))))
                (loop)))))
      promise))
