;; Parameters: section 4.2.6; promises: section 4.2.5.
(import (scheme base) (scheme lazy) (scheme write))

(define radix (make-parameter 10 (lambda (x) (if (and (exact-integer? x) (<= 2 x 16)) x (error "invalid radix")))))
(define (f n) (number->string n (radix)))
(write (f 12))                          ; => "12"
(write (parameterize ((radix 2)) (f 12))) ; => "1100"
(write (f 12))                          ; => "12"
(parameterize ((radix 0)) (f 12))       ; !! invalid radix
(make-parameter 0 radix)                ; !! expected 0 arguments, got 1
(parameterize ((car 0)) 1)              ; !! parameterize: expected a parameter as argument 1

;; The converter is applied once, on the way in
(define conversions 0)
(define p (make-parameter 1 (lambda (x) (set! conversions (+ conversions 1)) (* x 10))))
(write (p))                             ; => 10
(write (parameterize ((p 2)) (list (p) (p)))) ; => (20 20)
(write (list (p) conversions))          ; => (10 2)

(define q (make-parameter 'q))
(write (parameterize ((p 3) (q 'r)) (list (p) (q)))) ; => (30 r)
(write (parameterize ((q 'a)) (parameterize ((q 'b)) (q)))) ; => b
(write (parameterize ((q 'a) (q 'b)) (q))) ; => b
(write (list (p) (q)))                  ; => (10 q)
(write (parameterize () 1 2))           ; => 2
(write (parameterize ((q 1)) (define x (q)) (+ x 1))) ; => 2
(write (call-with-values (lambda () (parameterize ((q 1)) (values (q) 2))) list)) ; => (1 2)

;; Values are restored on escape, and come back on re-entry
(write (call/cc (lambda (k) (parameterize ((q 'inside)) (k (q)))))) ; => inside
(write (q))                             ; => q
(write (let ((again #f) (seen '()))
         (parameterize ((q 'bound))
           (call/cc (lambda (k) (set! again k)))
           (set! seen (cons (q) seen)))
         (set! seen (cons (q) seen))
         (if (< (length seen) 6) (again #f))
         (reverse seen)))               ; => (bound q bound q bound q)

;; Promises
(write (force (delay (+ 1 2))))         ; => 3
(write (let ((p (delay (+ 1 2)))) (list (force p) (force p)))) ; => (3 3)
(write (list (promise? (delay 1)) (promise? (make-promise 1)) (promise? 1))) ; => (#t #t #f)
(write (force (make-promise 5)))        ; => 5
(write (let ((p (delay 1))) (eq? p (make-promise p)))) ; => #t
(write (force 5))                       ; => 5
(write (promise? (force (delay (delay 1))))) ; => #t
(write (promise? (force (delay (make-promise 1))))) ; => #t
(write (force (delay-force (delay 1)))) ; => 1
(define integers (letrec ((next (lambda (n) (delay (cons n (next (+ n 1))))))) (next 0)))
(define (head stream) (car (force stream)))
(define (tail stream) (cdr (force stream)))
(write (head (tail (tail integers))))   ; => 2
(define (stream-filter p? s)
  (delay-force
   (if (null? (force s))
       (delay '())
       (let ((h (car (force s))) (t (cdr (force s))))
         (if (p? h)
             (delay (cons h (stream-filter p? t)))
             (stream-filter p? t))))))
(write (head (tail (tail (stream-filter odd? integers))))) ; => 5
;; The value is the first one computed, even if forcing is entered again
(define count 0)
(define r (delay (begin (set! count (+ count 1)) (if (> count x) count (force r)))))
(define x 5)
(write (force r))                       ; => 6
(write (begin (set! x 10) (force r)))   ; => 6
(force (delay-force 5))                 ; !! delay-force: expected an expression that returns a promise
;; A promise whose expression fails can be forced again
(define tries 0)
(define unsure (delay (begin (set! tries (+ tries 1)) (if (= tries 1) (error "not yet") tries))))
(force unsure)                          ; !! not yet
(write (force unsure))                  ; => 2
