;; Libraries, import sets, inclusion, features and environments, where they meet.
;; stress: 20
(import (scheme base) (scheme char) (scheme eval) (scheme file) (scheme load) (scheme r5rs) (scheme repl) (scheme write)
        (only (limpet list) iota))

(define-syntax message-of
  (syntax-rules () ((_ form) (guard (e ((error-object? e) (error-object-message e))) form))))
(define (names-in environment . names)
  (map (lambda (name) (guard (e (#t '-)) (eval name environment) name)) names))

;; A body runs once, when it is first needed, however many import it and in whatever way
(define-library (test counted)
  (export runs note!)
  (import (scheme base))
  (begin (define runs (list 'run)) (define (note! x) (set-cdr! runs (cons x (cdr runs))) (length runs))))
(define-library (test by-one) (export (rename note! note-one!)) (import (test counted)))
(define-library (test by-two) (export note-two!) (import (scheme base) (prefix (test counted) c:)) (begin (define (note-two! x) (c:note! x))))
(import (test by-one) (test by-two) (only (test counted) runs))
(write (list (note-one! 'a) (note-two! 'b) runs)) ; => (2 3 (run b a))
(write (eval '(begin (note! 'c) runs) (environment '(scheme base) '(test counted)))) ; => (run c b a)
(define-library (test never) (export) (import (scheme base)) (begin (error "this library ran")))
(write (cond-expand ((library (test never)) 'there) (else 'not))) ; => there
(import (test never))                   ; !! this library ran

;; Import sets in one another, each seeing the names that the one inside it made
(write (eval '(list (x:first '(1 2)) (x:rest '(1 2)))
     (environment '(only (scheme base) list quote)
                  '(prefix (rename (except (only (scheme base) car cdr cons) cons) (car first) (cdr rest)) x:)))) ; => (1 (2))
(define few (environment '(only (prefix (only (scheme base) car cdr cons) p-) p-car p-cons)))
(write (names-in few 'car 'p-car 'p-cdr 'p-cons)) ; => (- p-car - p-cons)
(define swapped (environment '(rename (only (scheme base) car cdr) (car cdr) (cdr car)) '(only (scheme base) quote)))
(write (eval '(car '(1 2)) swapped))    ; => (2)
(write (names-in (environment '(except (rename (only (scheme base) car cdr) (car first)) cdr)) 'car 'cdr 'first)) ; => (- - first)
(write (message-of (environment '(except (rename (scheme base) (car first)) car)))) ; => "except: the import set has no such name:"
(write (message-of (environment '(rename (prefix (scheme base) p-) (car first))))) ; => "rename: the import set has no such name:"
(write (message-of (environment '(only (except (scheme base) car) car)))) ; => "only: the import set has no such name:"
;; These are libraries, whatever their names begin with
(define-library (only names) (export a) (import (scheme base)) (begin (define a 'only)))
(define-library (prefix) (export a) (import (scheme base)) (begin (define a 'prefix)))
(define-library (rename 1 0) (export a) (import (scheme base)) (begin (define a 'rename)))
(import (prefix (only names) o-) (prefix (prefix) p-) (prefix (rename 1 0) r-))
(write (list o-a p-a r-a))              ; => (only prefix rename)

;; One name, one meaning; the same meaning by two ways is one
(define-library (test mine) (export car (rename my-cdr cdr)) (import (scheme base)) (begin (define (my-cdr x) 'mine)))
(write (eval '(car '(1)) (environment '(scheme base) '(only (test mine) car)))) ; => 1
(environment '(scheme base) '(test mine)) ; !! has another meaning for cdr
(environment '(rename (only (scheme base) car cdr) (cdr car))) ; !! has another meaning for car
(write (eval '(cdr '(1)) (environment '(except (scheme base) cdr) '(test mine)))) ; => mine
(define-library (test both) (export f) (import (scheme base) (test mine)) (begin (define (f) (cdr '(1)))))
(import (test both))                    ; !! has another meaning for cdr

;; Exports of syntax, under other names, with what they need inside
(define-library (test syntax)
  (export (rename my-if if*) (rename secret-counter counter-of) define-getter)
  (import (scheme base))
  (begin
    (define secret 41)
    (define-syntax my-if (syntax-rules (then else) ((_ c then a else b) (cond (c a) (else b)))))
    (define-syntax secret-counter (syntax-rules () ((_) (begin (set! secret (+ secret 1)) secret))))
    (define-syntax define-getter (syntax-rules () ((_ name) (define (name) secret))))))
(import (rename (test syntax) (if* choose)))
(define-getter get-secret)
(write (let ((secret 1) (cond 2)) (list (choose #t then 1 else 2) (choose #f then 1 else 2) (counter-of) (get-secret) secret cond))) ; => (1 2 42 42 1 2)

;; Declarations may come in any order, and as often as one likes
(define-library (test scattered)
  (begin (define a (helper 1)))
  (export a)
  (begin (define (helper x) (list x)))
  (import (only (scheme base) define list))
  (export helper)
  (export))
(import (test scattered))               ; !! helper
(define-library (test scattered order)
  (begin (define (a) (helper 1)))
  (export a)
  (begin (define (helper x) (list x)))
  (import (only (scheme base) define list))
  (export helper))
(import (test scattered order))
(write (list (a) (helper 2)))           ; => ((1) (2))

;; cond-expand in a library, where it decides what is imported and declared
(define-library (test chosen)
  (export which nested)
  (cond-expand
    ((library (no such library)) (import (no such library)))
    ((and (library (scheme base)) (not (library (scheme no-such)))) (import (scheme base)))
    (else (import (no such library either))))
  (cond-expand
    ((or (and) (library (also not there))) (begin (define which 'and)) (cond-expand (else (begin (define nested 'else))))))
  (cond-expand ((not r7rs) (export missing))))
(import (test chosen))
(write (list which nested))             ; => (and else)
(write (map (lambda (name) (and (memq name (features)) name)) '(r7rs exact-closed exact-complex ieee-float full-unicode ratios limpet no-such-feature)))
; => (r7rs exact-closed exact-complex ieee-float full-unicode ratios limpet #f)
(write (let loop ((rest (features))) (cond ((null? rest) 'all-hold) ((eval `(cond-expand (,(car rest) #t) (else #f)) (environment '(scheme base))) (loop (cdr rest))) (else (car rest))))) ; => all-hold
(write (let loop ((rest (features))) (cond ((null? rest) 'no-version) ((and (> (string-length (symbol->string (car rest))) 7) (string=? (substring (symbol->string (car rest)) 0 7) "limpet-") (char-numeric? (string-ref (symbol->string (car rest)) 7))) 'version) (else (loop (cdr rest)))))) ; => version
(cond-expand ((no-such-requirement r7rs) 1)) ; !! cond-expand
(cond-expand 5)                         ; !! cond-expand

;; Inclusion: what is included may include; names of files are the including file's
(define (put name text) (call-with-output-file name (lambda (port) (write-string text port))))
(put "included.tmp" "(define included 'first) (include \"included-too.tmp\")")
(put "included-too.tmp" "(define Included-Too 'MixedCase)")
(write (eval '(begin (include "included.tmp") (list included Included-Too)) (interaction-environment))) ; => (first MixedCase)
(write (eval '(begin (include-ci "included-too.tmp" "included.tmp") included-too) (interaction-environment))) ; => mixedcase
(write (eval '(let () (include "included.tmp") included) (environment '(scheme base)))) ; => first
(put "included.tmp" "(1 . ")
(write (guard (e ((read-error? e) 'read)) (eval '(include "included.tmp") (interaction-environment)))) ; => read
(put "included.tmp" "")
(write (message-of (eval '(list (begin (include "included.tmp") 1)) (environment '(scheme base))))) ; => (1)
(delete-file "included-too.tmp")
(write (message-of (eval '(include "included-too.tmp") (environment '(scheme base))))) ; => "include: cannot read the file included-too.tmp"

;; Environments: what eval sees, and what it may change
(write (names-in (null-environment 5) 'car 'x '(lambda (x) x))) ; => (- - (lambda (x) x))
(write (names-in (scheme-report-environment 5) 'car 'call/cc 'string-map 'inexact->exact)) ; => (car - - inexact->exact)
(write (eval '(let-syntax ((m (syntax-rules () ((_ x) (list x x))))) (m 1)) (scheme-report-environment 5))) ; => (1 1)
(eval '(define car cdr) (scheme-report-environment 5)) ; !! immutable
(eval '(set! car cdr) (scheme-report-environment 5)) ; !! car
(write (eval '((lambda (car) (set! car 5) car) 1) (scheme-report-environment 5))) ; => 5
(eval '(define later-defined 1) (interaction-environment))
(write (eval '(begin (set! later-defined (+ later-defined 1)) later-defined) (interaction-environment))) ; => 2
(write (eq? (eval 'car (environment '(scheme base))) (eval 'first (environment '(rename (scheme base) (car first)))))) ; => #t
(put "included.tmp" "(define loaded-here (list 'loaded)) (set! loaded-here (cons 'twice loaded-here))")
(load "included.tmp" (interaction-environment))
(write (eval 'loaded-here (interaction-environment))) ; => (twice loaded)
(load "included.tmp" (environment '(scheme base))) ; !! immutable
(load "included.tmp" 5)                 ; !! load
(eval 1 'environment)                   ; !! eval: expected an environment
(environment 'scheme)                   ; !! environment: expected an import set
(delete-file "included.tmp")
