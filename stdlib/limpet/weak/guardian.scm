;;; guardian.scm - objects that come back when nothing else refers to them.

;;> (make-guardian) -> guardian
;;> A procedure. Called with an object, it registers it; with an object and another one, the
;;> latter will stand for the former. Called without arguments, it returns one of those that a
;;> collection found unreachable since, and forgets it, or #f.
(define (make-guardian)
  (let ((guardian (%make-guardian)))
    (case-lambda
      (() (%guardian-take! guardian))
      ((obj) (%guardian-add! guardian obj obj))
      ((obj representative) (%guardian-add! guardian obj representative)))))
