;;; gc.scm - asking for a collection.

;;> (gc)
;;> Collects all garbage. The loop goes back once, and there collections happen.
(define (gc)
  (request-collection)
  (let wait ((turns 2))
    (if (> turns 0)
        (wait (- turns 1)))))
