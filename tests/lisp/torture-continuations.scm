;; Continuations and dynamic-wind where it hurts: generators, coroutines, re-entry, winding both ways.
;; stress: 50
(import (scheme base) (scheme write) (limpet sort) (limpet list))

;; A tree walked by a generator that leaves and enters for-each
(define (make-generator walk)
  (define return #f)
  (define (resume ignored)
    (walk (lambda (x) (call/cc (lambda (k) (set! resume k) (return x)))))
    (set! resume (lambda (ignored) (return 'end)))
    (return 'end))
  (lambda () (call/cc (lambda (k) (set! return k) (resume #f)))))
(define (drain generator)
  (let loop ((l '()))
    (let ((x (generator))) (if (eq? x 'end) (reverse l) (loop (cons x l))))))
(drain (make-generator (lambda (yield) (for-each yield '(1 2 3))))) ; => (1 2 3)
(drain (make-generator (lambda (yield) (vector-for-each yield #(1 2 3))))) ; => (1 2 3)
(drain (make-generator (lambda (yield) (string-for-each yield "abc")))) ; => (#\a #\b #\c)
(drain (make-generator (lambda (yield) (map yield '(1 2 3))))) ; => (1 2 3)
(drain (make-generator (lambda (yield) (let walk ((t '((1 2) (3 (4)) 5))) (if (pair? t) (begin (walk (car t)) (walk (cdr t))) (if (not (null? t)) (yield t))))))) ; => (1 2 3 4 5)
(let ((a (make-generator (lambda (y) (for-each y '(1 3 5))))) (b (make-generator (lambda (y) (for-each y '(2 4))))))
  (let* ((p (a)) (q (b)) (r (a)) (s (b)) (t (a)) (u (b)) (v (a))) (list p q r s t u v))) ; => (1 2 3 4 5 end end)
(let ((g (make-generator (lambda (yield) (sort '(3 1 2) (lambda (a b) (yield (list a b)) (< a b))))))) (list? (drain g))) ; => #t
(let ((g (make-generator (lambda (yield) (let loop ((i 0)) (if (< i 10000) (begin (yield i) (loop (+ i 1)))))))))
  (let loop ((sum 0)) (let ((x (g))) (if (eq? x 'end) sum (loop (+ sum x)))))) ; => 49995000

;; The same fringe
(define (fringe tree) (make-generator (lambda (yield) (let walk ((t tree)) (cond ((pair? t) (walk (car t)) (walk (cdr t))) ((not (null? t)) (yield t)))))))
(define (same-fringe? a b)
  (let ((f (fringe a)) (g (fringe b)))
    (let loop () (let ((x (f)) (y (g))) (cond ((not (eqv? x y)) #f) ((eq? x 'end) #t) (else (loop)))))))
(list (same-fringe? '(1 (2 3) 4) '((1 2) (3 (4)))) (same-fringe? '(1 2) '(2 1))) ; => (#t #f)

;; Coroutines in a queue
(define queue '())
(define log '())
(define (enqueue! k) (set! queue (append queue (list k))))
(define (yield!) (call/cc (lambda (k) (enqueue! k) (next!))))
(define (next!) (if (pair? queue) (let ((k (car queue))) (set! queue (cdr queue)) (k #f)) (finish log)))
(define finish #f)
(define (spawn name n) (enqueue! (lambda (ignored) (let loop ((i 0)) (if (< i n) (begin (set! log (cons (cons name i) log)) (yield!) (loop (+ i 1))))) (next!))))
(let () (spawn 'a 2) (spawn 'b 3) (spawn 'c 1) (reverse (call/cc (lambda (k) (set! finish k) (next!))))) ; => ((a . 0) (b . 0) (c . 0) (a . 1) (b . 1) (b . 2))

;; amb: going back to choices made before
(define fail-stack '())
(define (fail) (if (null? fail-stack) 'no-more (let ((k (car fail-stack))) (set! fail-stack (cdr fail-stack)) (k k))))
(define (amb choices)
  (let ((cc (call/cc (lambda (k) k))))
    (if (null? choices) (fail)
        (let ((choice (car choices))) (set! choices (cdr choices)) (set! fail-stack (cons cc fail-stack)) choice))))
(let* ((a (amb '(1 2 3 4 5 6 7))) (b (amb '(1 2 3 4 5 6 7))) (c (amb '(1 2 3 4 5 6 7))))
  (if (and (= (* c c) (+ (* a a) (* b b))) (< b a)) (list a b c) (fail))) ; => (4 3 5)
(set! fail-stack '())
(define (solve)
  (let* ((a (amb '(1 2 3))) (l (map (lambda (x) (amb (list x (* x 10)))) '(1 2))))
    (if (= (apply + a l) 24) (list a l) (fail))))
(solve)                                 ; => (3 (1 20))

;; The mother of all puzzles: what continuations print
(define (display-to-string thunk)
  (let ((p (open-output-string))) (parameterize ((current-output-port p)) (thunk)) (get-output-string p)))
(display-to-string (lambda ()
  (let* ((n 0) (yin ((lambda (cc) (set! n (+ n 1)) (write-char #\@) cc) (call/cc (lambda (c) c)))))
    (if (< n 4) (yin yin)))))           ; => "@@@@"
(let ((r '())) (define k2 #f) (set! r (cons (+ 1 (call/cc (lambda (k) (set! k2 k) 1))) r)) (if (< (length r) 3) (k2 (length r))) r) ; => (3 2 2)

;; dynamic-wind: every way in runs before, every way out runs after, in the right order
(define (trace run)
  (let ((log '())) (run (lambda (x) (set! log (cons x log)))) (reverse log)))
(define-syntax wind
  (syntax-rules () ((_ note in out body ...) (dynamic-wind (lambda () (note 'in)) (lambda () body ...) (lambda () (note 'out))))))
(trace (lambda (note) (wind note a b (wind note c d (note 1))))) ; => (a c 1 d b)
;; From one branch of a tree of extents to another, through their common part
(trace (lambda (note)
  (let ((k #f) (n 0))
    (wind note a- -a
      (wind note b- -b (wind note c- -c (call/cc (lambda (c) (set! k c)))) (note 'x))
      (set! n (+ n 1))
      (if (= n 1) (wind note d- -d (wind note e- -e (k #f)))))))) ; => (a- b- c- -c x -b d- e- -e -d b- c- -c x -b -a)
;; Entering from outside all of them
(trace (lambda (note)
  (let ((k #f) (n 0))
    (wind note a- -a (wind note b- -b (call/cc (lambda (c) (set! k c))) (note n)))
    (set! n (+ n 1))
    (if (< n 3) (k #f)))))              ; => (a- b- 0 -b -a a- b- 1 -b -a a- b- 2 -b -a)
;; Captured in the before thunk: its continuation is outside of the extent
(trace (lambda (note)
  (let ((k #f) (n 0))
    (dynamic-wind (lambda () (call/cc (lambda (c) (set! k c))) (note 'in)) (lambda () (note 'body)) (lambda () (note 'out)))
    (set! n (+ n 1))
    (if (< n 2) (k #f)))))              ; => (in body out in body out)
;; Captured in the after thunk
(trace (lambda (note)
  (let ((k #f) (n 0))
    (dynamic-wind (lambda () (note 'in)) (lambda () (note 'body)) (lambda () (call/cc (lambda (c) (set! k c))) (note 'out)))
    (set! n (+ n 1))
    (if (< n 3) (k #f)))))              ; => (in body out out out)
;; Captured in an after thunk that an escape runs: going back goes on with the escape
(trace (lambda (note)
  (let ((k #f) (n 0))
    (call/cc (lambda (escape)
      (wind note a- -a (dynamic-wind (lambda () (note 'b-)) (lambda () (escape #f)) (lambda () (call/cc (lambda (c) (set! k c))) (note '-b))))))
    (set! n (+ n 1))
    (note n)
    (if (< n 2) (k #f)))))              ; => (a- b- -b -a 1 a- -b -a 2)
;; Escapes out of after and before thunks win over what was going on
(trace (lambda (note) (note (call/cc (lambda (k) (dynamic-wind (lambda () (note 'in)) (lambda () (k 'first)) (lambda () (note 'out) (k 'second)))))))) ; => (in out second)
(trace (lambda (note) (note (call/cc (lambda (k) (wind note a- -a (dynamic-wind (lambda () (k 'early)) (lambda () (note 'never)) (lambda () (note 'never))))))))) ; => (a- -a early)
(trace (lambda (note)
  (guard (e (#t (note (list 'caught e))))
    (dynamic-wind (lambda () (note 'in)) (lambda () (raise 'body)) (lambda () (note 'out) (raise 'after)))))) ; => (in out (caught after))
;; Many extents, left and entered at once
(define (nest n body) (if (= n 0) (body) (dynamic-wind (lambda () (set! ins (+ ins 1))) (lambda () (nest (- n 1) body)) (lambda () (set! outs (+ outs 1))))))
(define ins 0)
(define outs 0)
(let ((k #f) (n 0)) (nest 1000 (lambda () (call/cc (lambda (c) (set! k c))))) (set! n (+ n 1)) (if (< n 3) (k #f)) (list ins outs)) ; => (3000 3000)
(let () (set! ins 0) (set! outs 0) (call/cc (lambda (k) (nest 1000 (lambda () (k #f))))) (list ins outs)) ; => (1000 1000)

;; Values of parameters belong to the extent, whichever way it is entered
(define p (make-parameter 'global))
(trace (lambda (note)
  (let ((k #f) (n 0))
    (parameterize ((p 'outer))
      (parameterize ((p 'inner)) (call/cc (lambda (c) (set! k c))) (note (p)))
      (note (p))
      (set! n (+ n 1))
      (if (< n 2) (parameterize ((p 'other)) (note (p)) (k #f))))
    (note (p)))))                       ; => (inner outer other inner outer global)
(let ((g (make-generator (lambda (yield) (parameterize ((p 'inside)) (yield (p)) (yield (p))))))) (let* ((a (g)) (b (p)) (c (parameterize ((p 'mine)) (g))) (d (p))) (list a b c d))) ; => (inside global inside global)
;; So do handlers
(trace (lambda (note)
  (let ((k #f) (n 0))
    (with-exception-handler (lambda (e) (note (list 'h1 e)) 0)
      (lambda ()
        (with-exception-handler (lambda (e) (note (list 'h2 e)) 0) (lambda () (call/cc (lambda (c) (set! k c))) (raise-continuable n)))
        (raise-continuable 'outside)
        (set! n (+ n 1))
        (if (< n 2) (k #f))))))) ; => ((h2 0) (h1 outside) (h2 1) (h1 outside))

;; Entering again through library procedures that call back
(define (reenter run)
  (let ((k #f) (n 0) (all '()))
    (let ((r (run (lambda (x) (call/cc (lambda (c) (if (not k) (set! k c)) x))))))
      (set! all (cons r all))
      (set! n (+ n 1))
      (if (< n 3) (k (* n 100)) (reverse all)))))
(reenter (lambda (f) (map f '(1 2 3)))) ; => ((1 2 3) (100 2 3) (200 2 3))
(reenter (lambda (f) (filter (lambda (x) (> (f x) 50)) '(1 60 70)))) ; => ((60 70) (1 60 70) (1 60 70))
(reenter (lambda (f) (fold (lambda (x acc) (cons (f x) acc)) '() '(1 2 3)))) ; => ((3 2 1) (3 2 100) (3 2 200))
(reenter (lambda (f) (fold-right (lambda (x acc) (cons (f x) acc)) '() '(1 2 3)))) ; => ((1 2 3) (1 2 100) (1 2 200))
(reenter (lambda (f) (append-map (lambda (x) (list (f x))) '(1 2)))) ; => ((1 2) (100 2) (200 2))
(reenter (lambda (f) (sort '(3 1 2) (lambda (a b) (f 1) (< a b))))) ; => ((1 2 3) (1 2 3) (1 2 3))
(reenter (lambda (f) (vector-sort (lambda (a b) (f 1) (< a b)) (vector 3 1 2)))) ; => (#(1 2 3) #(1 2 3) #(1 2 3))
(reenter (lambda (f) (delete-duplicates '(1 2 1) (lambda (a b) (f 1) (= a b))))) ; => ((1 2) (1 2) (1 2))
(reenter (lambda (f) (vector-map f #(1 2)))) ; => (#(1 2) #(100 2) #(200 2))
(reenter (lambda (f) (let-values ((l (map f '(1 2)))) l))) ; => (((1 2)) ((100 2)) ((200 2)))

;; Deep stacks, captured and left many times; continuations that hold one another
(define (deep n k) (if (= n 0) (k 'bottom) (+ 1 (deep (- n 1) k))))
(let loop ((i 0)) (if (< i 20) (begin (call/cc (lambda (k) (deep 10000 k))) (loop (+ i 1))) i)) ; => 20
(define (count-up n) (if (= n 0) (call/cc (lambda (k) (set! saved k) 0)) (+ 1 (count-up (- n 1)))))
(define saved #f)
(let ((results '()))
  (set! results (cons (count-up 10000) results))
  (let ((k saved)) (set! saved #f) (if k (k 5)) results)) ; => (10005 10000)
(let loop ((i 0) (k #f)) (if (< i 10000) (loop (+ i 1) (call/cc (lambda (c) (lambda () (list c k))))) (procedure? k))) ; => #t
