; What a program defines is known everywhere, and still cannot be used before its definition.
(import (scheme base) (scheme write))

(define (try name thunk)
  (write (list name (guard (e ((error-object? e) (error-object-message e))) (thunk))))
  (newline))

;; Two procedures that know each other, in one batch of definitions
(define (even-number? n) (or (= n 0) (odd-number? (- n 1))))
(define limit 10)
(define (odd-number? n) (and (> n 0) (even-number? (- n 1))))
(define table (vector limit (+ limit 1)))
(try 'mutual (lambda () (list (even-number? limit) (odd-number? limit))))

;; Too early, directly and by way of a procedure that was defined before
(define (early) (late 1))
(try 'called-early early)
(try 'read-early (lambda () late-constant))
(try 'called-directly (lambda () (late 1)))
(define (late x) (list 'late x table))
(define late-constant 'constant)
(try 'called-late early)
(try 'read-late (lambda () late-constant))

;; Assigned or defined twice: never known
(define (changing) 1)
(define (user-of-changing) (changing))
(define (again) 'first)
(define (user-of-again) (again))
(try 'before (lambda () (list (user-of-changing) (user-of-again))))
(set! changing (lambda () 2))
(define (again) 'second)
(try 'after (lambda () (list (user-of-changing) (user-of-again))))

;; Assigned by what a macro makes of it
(define counter 0)
(define-syntax increment!
  (syntax-rules () ((_ name) (set! name (+ name 1)))))
(increment! counter)
(try 'counter (lambda () counter))

;; Other names of primitives
(define first car)
(define add +)
(try 'aliases (lambda () (list (first '(1 2)) (add 1 2) (map add '(1 2) '(10 20)))))

;; A definition whose value calls something that wants a later one
(define (call-it) (not-yet))
(define value (guard (e (#t 'too-early)) (call-it)))
(define (not-yet) 'now)
(try 'value (lambda () (list value (call-it))))

;; The procedure is one and the same, by whatever name
(define (identity x) x)
(define also identity)
(try 'same (lambda () (list (eq? identity also) (eq? identity ((lambda () identity))))))

;; Wrong numbers of arguments are errors when they happen
(try 'arity (lambda () (identity 1 2)))
