;; Tail calls in every position that section 3.5 of the report lists, a million times each, in
;; less memory than a million frames take.
;; args: --max-heap 16m
;; stress: no
(import (scheme base) (scheme case-lambda) (scheme eval) (scheme lazy) (scheme write))

(define n 1000000)

;; The limit is one: so many calls that are no tail calls do not fit
(define (no-tail-call i) (if (= i 0) 0 (+ 1 (no-tail-call (- i 1)))))
(no-tail-call n)                        ; !! out of memory

;; The last expression of a body, and both branches of if
(define (body i) (define j (- i 1)) 'ignored (if (= i 0) 'done (body j)))
(body n)                                ; => done
(define (if-first i) (if (> i 0) (if-first (- i 1)) 'done))
(if-first n)                            ; => done
(define (if-second i) (if (= i 0) 'done (if-second (- i 1))))
(if-second n)                           ; => done
(define (one-armed i) (if (> i 0) (one-armed (- i 1))))
(list 'after (begin (one-armed n) 'done)) ; => (after done)

;; cond: the last expression of a clause, else, =>, and else behind others
(define (cond-clause i) (cond ((= i 0) 'done) ((> i 0) 'ignored (cond-clause (- i 1)))))
(cond-clause n)                         ; => done
(define (cond-else i) (cond ((= i 0) 'done) (else 'ignored (cond-else (- i 1)))))
(cond-else n)                           ; => done
(define (cond-arrow i) (cond ((= i 0) 'done) ((- i 1) => cond-arrow)))
(cond-arrow n)                          ; => done
(define (cond-arrow-lambda i) (cond ((= i 0) 'done) ((- i 1) => (lambda (j) (cond-arrow-lambda j)))))
(cond-arrow-lambda n)                   ; => done

;; case: clauses, else, =>, else =>
(define (case-clause i) (case (if (= i 0) 'a 'b) ((a) 'done) ((b c) 'ignored (case-clause (- i 1)))))
(case-clause n)                         ; => done
(define (case-else i) (case i ((0) 'done) (else (case-else (- i 1)))))
(case-else n)                           ; => done
(define (case-arrow i) (case i ((0) 'done) ((1) => (lambda (i) (case-arrow (- i 1)))) (else => (lambda (i) (case-arrow (- i 1))))))
(case-arrow n)                          ; => done

;; and, or, when, unless
(define (by-and i) (and #t (>= i 0) (if (= i 0) 'done (by-and (- i 1)))))
(by-and n)                              ; => done
(define (by-or i) (or #f (and (= i 0) 'done) (by-or (- i 1))))
(by-or n)                               ; => done
(define (by-when i) (when #t 'ignored (if (= i 0) 'done (by-when (- i 1)))))
(by-when n)                             ; => done
(define (by-unless i) (unless #f 'ignored (if (= i 0) 'done (by-unless (- i 1)))))
(by-unless n)                           ; => done

;; Binding forms
(define (by-let i) (let ((j (- i 1))) 'ignored (if (= i 0) 'done (by-let j))))
(by-let n)                              ; => done
(define (by-let* i) (let* ((j i) (k (- j 1))) (if (= i 0) 'done (by-let* k))))
(by-let* n)                             ; => done
(define (by-letrec i) (letrec ((j (lambda () (- i 1)))) (if (= i 0) 'done (by-letrec (j)))))
(by-letrec n)                           ; => done
(define (by-letrec* i) (letrec* ((j (lambda () (- i 1))) (k (lambda () (j)))) (if (= i 0) 'done (by-letrec* (k)))))
(by-letrec* n)                          ; => done
(define (by-let-values i) (let-values (((j k) (values (- i 1) 0))) (if (= i k) 'done (by-let-values j))))
(by-let-values n)                       ; => done
(define (by-let*-values i) (let*-values (((j) (values (- i 1))) ((k) (values j))) (if (= i 0) 'done (by-let*-values k))))
(by-let*-values n)                      ; => done
(define (by-named-let i) (let loop ((j 1)) (if (= j 0) (if (= i 0) 'done (by-named-let (- i 1))) (loop (- j 1)))))
(by-named-let n)                        ; => done
(define (by-let-syntax i) (let-syntax ((next (syntax-rules () ((_ j) (by-let-syntax (- j 1)))))) (if (= i 0) 'done (next i))))
(by-let-syntax n)                       ; => done
(define (by-letrec-syntax i) (letrec-syntax ((a (syntax-rules () ((_ j) (b j)))) (b (syntax-rules () ((_ j) (by-letrec-syntax (- j 1)))))) (if (= i 0) 'done (a i))))
(by-letrec-syntax n)                    ; => done
(define (by-begin i) (begin 'ignored (begin (if (= i 0) 'done (by-begin (- i 1))))))
(by-begin n)                            ; => done
(define (by-do i) (do ((j 0 (+ j 1))) ((= j 1) 'ignored (if (= i 0) 'done (by-do (- i 1))))))
(by-do n)                               ; => done
(define by-case-lambda (case-lambda ((i) (by-case-lambda i 1)) ((i step . rest) (if (= i 0) 'done (by-case-lambda (- i step))))))
(by-case-lambda n)                      ; => done
(define (by-rest i . rest) (if (= i 0) 'done (by-rest (- i 1) i rest-free)))
(define rest-free #f)
(by-rest n)                             ; => done
(define-syntax jump (syntax-rules () ((_ f i) (if (= i 0) 'done (f (- i 1))))))
(define (by-macro i) (jump by-macro i))
(by-macro n)                            ; => done
(define (by-cond-expand i) (cond-expand (r7rs (if (= i 0) 'done (by-cond-expand (- i 1)))) (else #f)))
(by-cond-expand n)                      ; => done

;; The operator and its operands may be anything
(define (by-lambda i) ((lambda (j) (if (= i 0) 'done (by-lambda j))) (- i 1)))
(by-lambda n)                           ; => done
(define (by-operator i) ((if (= i 0) (lambda (i) 'done) by-operator) (- i 1)))
(by-operator n)                         ; => done
(define table (vector #f))
(define (by-vector i) (if (= i 0) 'done ((vector-ref table 0) (- i 1))))
(vector-set! table 0 by-vector)
(by-vector n)                           ; => done
(define (by-closure k) (lambda (i) (if (= i 0) 'done ((by-closure i) (- i 1)))))
((by-closure 0) n)                      ; => done
(define by-parameter (make-parameter #f))
(define (through-parameter i) (if (= i 0) 'done ((by-parameter) (- i 1))))
(list 'after (parameterize ((by-parameter through-parameter)) (through-parameter n))) ; => (after done)

;; Several procedures in turn, at top level and inside
(define (ping i) (if (= i 0) 'done (pong (- i 1))))
(define (pong i) (if (= i 0) 'done (pang (- i 1) 'extra)))
(define (pang i extra) (if (= i 0) 'done (ping (- i 1))))
(ping n)                                ; => done
(let () (define (ev? i) (if (= i 0) #t (od? (- i 1)))) (define (od? i) (if (= i 0) #f (ev? (- i 1)))) (ev? n)) ; => #t
;; Calls with more and with fewer arguments than the caller has
(define (few i) (if (= i 0) 'done (many (- i 1) 1 2 3 4 5 6 7 8 9)))
(define (many i a b c d e f g h j) (if (= i 0) 'done (few (- i 1))))
(few n)                                 ; => done
;; Continuation-passing style: no frame is ever returned to
(define (cps i k) (if (= i 0) (k 'done) (cps (- i 1) (lambda (v) (k v)))))
(cps 50000 (lambda (v) v))              ; => done
(define (state-a i) (if (= i 0) 'done ((car (list state-b)) (- i 1))))
(define (state-b i) (apply (if (odd? i) state-a state-a) (list i)))
(state-a n)                             ; => done

;; The procedures that call their argument in tail position: apply, call/cc, call-with-values, eval
(define (by-apply i) (if (= i 0) 'done (apply by-apply (list (- i 1)))))
(by-apply n)                            ; => done
(define (by-apply-rest i . rest) (if (= i 0) 'done (apply by-apply-rest (- i 1) rest)))
(by-apply-rest n 1 2 3)                 ; => done
(define (by-apply-apply i) (if (= i 0) 'done (apply apply (list by-apply-apply (list (- i 1))))))
(by-apply-apply n)                      ; => done
(define (by-call/cc i) (if (= i 0) 'done (call/cc (lambda (k) (by-call/cc (- i 1))))))
(by-call/cc n)                          ; => done
(define (by-continuation i) (if (= i 0) 'done (by-continuation (call/cc (lambda (k) (k (- i 1)))))))
(by-continuation n)                     ; => done
(define (by-values i) (if (= i 0) 'done (call-with-values (lambda () (values (- i 1))) by-values)))
(by-values n)                           ; => done
(define (by-values-lambda i) (if (= i 0) 'done (call-with-values (lambda () (values (- i 1) 2)) (lambda (j two) (by-values-lambda j)))))
(by-values-lambda n)                    ; => done
(define here (environment '(scheme base)))
(define count-by-eval ((eval '(lambda (eval here) (define (f i) (if (= i 0) 'done (eval (list f (- i 1)) here))) f) here) eval here))
(count-by-eval 3000)                    ; => done

;; force of a delay-force is iterative, and so is a guard's clause that jumps
(define (by-delay-force i) (if (= i 0) (delay 'done) (delay-force (by-delay-force (- i 1)))))
(force (by-delay-force n))              ; => done
(define (by-guard i) (guard (e ((= i 0) 'done) (#t (by-guard (- i 1)))) (raise 'x)))
(by-guard 200000)                       ; => done
(define (by-guard-arrow i) (guard (e ((= i 0) 'done) ((- i 1) => by-guard-arrow)) (raise 'x)))
(by-guard-arrow 200000)                 ; => done
;; A loop through dynamic-wind and handlers that leaves them each time
(let loop ((i 200000)) (dynamic-wind (lambda () #f) (lambda () #f) (lambda () #f)) (if (= i 0) 'done (loop (- i 1)))) ; => done
(let loop ((i 200000)) (with-exception-handler (lambda (e) 0) (lambda () (raise-continuable 1))) (if (= i 0) 'done (loop (- i 1)))) ; => done

;; Endless rounds without a procedure that is new
(let loop ((i n)) (cond ((= i 0) 'done) (else (for-each (lambda (x) x) '(1)) (loop (- i 1))))) ; => done
(do ((i 0 (+ i 1))) ((= i n) 'done))    ; => done
