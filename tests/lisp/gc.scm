;; (limpet gc).
(import (scheme base) (limpet gc) (limpet weak))
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
;; Every item that the reports have
(define all-items
  '(minor-collections full-collections evacuating-collections pause-p50-ns pause-p90-ns
    pause-p99-ns pause-max-ns pause-total-ns allocated-bytes promoted-bytes moved-bytes
    finalized broken live-bytes old-bytes held-bytes peak-bytes limit-bytes resident-bytes
    block-bytes hole-bytes large-bytes large-objects external-bytes free-bytes table-bytes))
(equal? (map car (gc-stats)) all-items)   ; => #t
(let ((broken (stat 'broken)) (weak (list (weak-cons (list 1) 2) (weak-cons (list 3) 4))))
  (gc)
  (let loop ((i 0)) (if (< i 10) (loop (+ i 1))))
  (and (not (weak-pair/car? (car weak))) (>= (- (stat 'broken) broken) 2)))   ; => #t
(define stressed? (> (stat 'evacuating-collections) 0))
(let ((old (stat 'promoted-bytes)) (minors (stat 'minor-collections)))
  (let loop ((i (if stressed? 10 300000)) (kept '()))
    (if (> i 0) (loop (- i 1) (if (= 0 (modulo i 2)) (cons i kept) (begin (vector i i i) kept)))))
  (or stressed?
      (and (> (stat 'minor-collections) minors) (> (stat 'promoted-bytes) old)))) ; => #t
(gc-stats 1)                              ; !! gc-stats
