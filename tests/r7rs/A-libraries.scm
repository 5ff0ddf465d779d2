;; Appendix A: each library of the report exports its names, and no others.
(import (scheme base) (scheme write) (scheme eval) (limpet library))
(include "include/appendix-a.scm")

(define (only-in a b)
  (let loop ((rest a) (found '()))
    (cond ((null? rest) (reverse found))
          ((memq (car rest) b) (loop (cdr rest) found))
          (else (loop (cdr rest) (cons (car rest) found))))))

;; ((library missing extra) ...) of the libraries that are not as they should be.
(define (differences appendix)
  (let loop ((rest appendix) (found '()))
    (if (null? rest)
        (reverse found)
        (let* ((name (caar rest)) (names (cdar rest))
               (exports (library-exports name))
               (missing (only-in names exports))
               (extra (only-in exports names)))
          (loop (cdr rest)
                (if (and (null? missing) (null? extra))
                    found
                    (cons (list name missing extra) found)))))))

(write (length appendix-a))             ; => 16
(write (apply + (map (lambda (entry) (length (cdr entry))) appendix-a))) ; => 556
(write (differences appendix-a))           ; => ()

;; The environments of (scheme r5rs).
(import (prefix (scheme r5rs) r5:))
(write (eval '(let ((x (cons 1 2))) (set-car! x 3) (inexact->exact (exact->inexact (car x)))) (r5:scheme-report-environment 5))) ; => 3
(write (eval '(let loop ((i 0)) (if i (if #t (quote done)) (loop 1))) (r5:null-environment 5))) ; => done
(eval '(car (quote (1))) (r5:null-environment 5)) ; !! car
(eval '(vector-map car '()) (r5:scheme-report-environment 5)) ; !! vector-map
(r5:null-environment 4)                 ; !! null-environment: expected 5, the version of that report, as argument 1, got 4
(r5:scheme-report-environment 7)        ; !! scheme-report-environment: expected 5, the version of that report, as argument 1, got 7
(eval '(define x 1) (r5:scheme-report-environment 5)) ; !!

;; Together they are usable at once.
(write (procedure? (eval 'call-with-port (apply environment (map car appendix-a))))) ; => #t
