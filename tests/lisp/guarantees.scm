;; What the collector promises to programs, a test for each promise; docs/gc.md lists them all with
;; the tests that hold them.
(import (scheme base) (scheme eval) (scheme inexact) (scheme lazy) (scheme read) (scheme write)
        (limpet gc) (limpet weak) (limpet list) (srfi 124))

(define (stat name) (cdr (assq name (gc-stats))))
;; Where every safepoint collects, less will do.
(gc)
(define stressed? (> (stat 'evacuating-collections) 0))
(define (many n) (if stressed? (quotient n 500) n))

;; ---- What nothing refers to is reclaimed, and nothing else
(define a (string #\f #\i #\r #\s #\t))
(define first (make-ephemeron a #t))
(set! a (string-copy "updated"))
(gc)
(write (ephemeron-broken? first))       ; => #t
(write a)                               ; => "updated"
(define (make-closure)
  (let ((local (string-copy "local")))
    (lambda () local)))
(define closure (make-closure))
(gc)
(write (closure))                       ; => "local"

;; ---- Cycles are reclaimed: closures that refer to themselves, pairs in rings, through tables
(define (self-reference)
  (letrec ((f (lambda (x) (if x f (vector f))))) f))
(define (ring)
  (let ((pair (list 1 2 3))) (set-cdr! (cddr pair) pair) pair))
(define (live-after make n)
  (let loop ((i 0))
    (when (< i n) (make) (loop (+ i 1))))
  (gc)
  (gc)
  (stat 'live-bytes))
(define (more-than-before make)
  (let ((before (live-after make 10)))
    (- (live-after make (many 100000)) before)))
(write (< (more-than-before self-reference) 10000)) ; => #t
(write (< (more-than-before ring) 10000)) ; => #t
(define keyed-by-itself (make-weak-eq-hashtable))
(define (put-key)
  (let ((key (list 1)))
    (weak-hashtable-set! keyed-by-itself key (list key))))
(define with-keys (more-than-before put-key))
(write (weak-hashtable-count keyed-by-itself)) ; => 0
(define with-places (stat 'live-bytes)) ; the table keeps some of its places
(weak-hashtable-clear! keyed-by-itself)
(gc)
(gc)
(write (< (- with-keys (- with-places (stat 'live-bytes))) 10000)) ; => #t

;; ---- Everything is shared by reference
(define (add! x y) (vector-set! x 0 'seen) (vector-ref y 0))
(let ((v (vector 1))) (write (add! v v))) ; => seen

;; ---- Symbols are interned weakly, and are the same before and after
(define before 'a)
(define (intern-many n)
  (when (> n 0)
    (string->symbol (string-append "never-again-" (number->string n)))
    (intern-many (- n 1))))
(gc)
(define live-before (stat 'live-bytes))
(intern-many (many 300000))
(gc)
(write (< (stat 'live-bytes) (+ live-before 1000000))) ; => #t
(write (eq? before (string->symbol "a"))) ; => #t

;; ---- What is under construction is safe, whatever is constructed
(write (cons (cons 'a 'b) (cons 'c 'd))) ; => ((a . b) c . d)
(define numbers (iota 1000))
(define (in-parentheses items)
  (let ((port (open-output-string)))
    (write items port)
    (get-output-string port)))
(define literal (read (open-input-string (in-parentheses numbers))))
(write (equal? literal numbers))        ; => #t
(write (equal? (eval (list 'quote literal) (environment '(scheme base))) numbers)) ; => #t
(define-record-type point (make-point x y) point? (x point-x) (y point-y))
(define (made . makers)                 ; what each gives, with a collection after each
  (map (lambda (make) (let ((object (make))) (gc) object)) makers))
(write (made (lambda () (list (list 1) (vector (vector 2) (list 3)) (string #\a #\λ)))
             (lambda () (point-x (point-y (make-point 1 (make-point (list 2) 3)))))
             (lambda () (list (expt 7 30) (/ 1 3) (sqrt -4) 1e300)))) ; => (((1) #(#(2) (3)) "aλ") (2) (22539340290692258087863249 1/3 +2i 1e300))
(write (made (lambda () (call-with-values (lambda () (values (list 1) (list 2))) list))
             (lambda () (force (delay (list (string->symbol "z")))))
             (lambda () (let ((k (call/cc (lambda (k) k)))) (if (procedure? k) (k (list k 1)) (cadr k))))
             (lambda () (guard (e (#t (error-object-irritants e))) (error "x" (list 1) 2)))
             (lambda () (bytevector-append (bytevector 1) (make-bytevector 2 3))))) ; => (((1) (2)) (z) 1 ((1) 2) #u8(1 3 3))

;; ---- Identity survives moves: tables by eq? find their keys
(define keys '())
(define table (make-weak-eq-hashtable))
(define (make-keys n)                   ; three in four die, and leave holes to be moved out of
  (when (> n 0)
    (let ((key (vector n n n)))
      (vector n n n n n n n n n)
      (when (= 0 (modulo n 4))
        (set! keys (cons key keys))
        (weak-hashtable-set! table key n))
      (make-keys (- n 1)))))
(define (found-everywhere?)
  (every (lambda (key) (eqv? (weak-hashtable-ref table key #f) (vector-ref key 0))) keys))
(make-keys (many 200000))
(gc)
(define moved (stat 'moved-bytes))
(define (thin-out list)
  (if (or (null? list) (null? (cdr list))) list (cons (car list) (thin-out (cddr list)))))
(set! keys (thin-out (thin-out (thin-out keys))))
(gc)
(gc)
(write (> (stat 'moved-bytes) moved))   ; => #t
(write (found-everywhere?))             ; => #t
(write (= (weak-hashtable-count table) (length keys))) ; => #t

;; ---- Finalisation: a guardian gives back once, and what it gave back is whole
(define guardian (make-guardian))
(let loop ((i 0))
  (when (< i 100)
    (guardian (list i (vector i)))
    (loop (+ i 1))))
(gc)
(define (drain n) (let ((object (guardian))) (if object (drain (+ n (vector-ref (cadr object) 0))) n)))
(write (drain 0))                       ; => 4950
(gc)
(write (guardian))                      ; => #f

;; ---- Memory goes back to the system
(define (build n) (let loop ((i 0) (l '())) (if (< i n) (loop (+ i 1) (cons (make-vector 100 i) l)) l)))
(define held (build (many 80000)))      ; 64 MB
(gc)
(define resident (stat 'resident-bytes))
(write (or stressed? (> resident 64000000))) ; => #t
(set! held #f)
(gc)
(gc)
(write (<= (stat 'resident-bytes) (+ (* 5/4 (stat 'live-bytes)) (* 12 1024 1024)))) ; => #t
