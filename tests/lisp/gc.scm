;; (limpet gc).
(import (scheme base) (limpet gc))
(define (stat name) (cdr (assq name (gc-stats))))
(gc)
(define before (gc-stats))
(define (was name) (cdr (assq name before)))
(define kept (make-vector 3000 'x))
(gc)
(let loop ((all before))
  (or (null? all)
      (and (symbol? (caar all)) (exact-integer? (cdar all)) (>= (cdar all) 0)
           (loop (cdr all)))))            ; => #t
(let ((fulls (lambda (get) (+ (get 'full-collections) (get 'evacuating-collections)))))
  (> (fulls stat) (fulls was)))           ; => #t
(> (stat 'allocated-bytes) (was 'allocated-bytes))   ; => #t
(> (stat 'live-bytes) 24000)              ; => #t
(>= (stat 'peak-bytes) (stat 'held-bytes))           ; => #t
(<= (stat 'pause-p50-ns) (stat 'pause-p90-ns) (stat 'pause-p99-ns) (stat 'pause-max-ns))   ; => #t
(<= (stat 'pause-max-ns) (stat 'pause-total-ns))     ; => #t
(>= (stat 'large-objects) 1)              ; => #t
(>= (stat 'large-bytes) 24000)            ; => #t
(< (stat 'hole-bytes) (stat 'block-bytes))           ; => #t
(let* ((all (gc-stats)) (get (lambda (name) (cdr (assq name all)))))
  (= (get 'held-bytes)
     (+ (get 'block-bytes) (get 'large-bytes) (get 'external-bytes) (get 'free-bytes)
        (get 'table-bytes))))             ; => #t
(<= (stat 'resident-bytes) (stat 'held-bytes))       ; => #t
(gc-stats 1)                              ; !! gc-stats
