;;; gc.scm - asking for a collection.

;;> (gc)
;;> Collects all garbage. The loop's way back is a place where collections happen.
(define (gc)
  (request-collection)
  (let wait ((turns 1))
    (if (> turns 0)
        (wait (- turns 1)))))
