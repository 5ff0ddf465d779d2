;;; assoc.scm - tables: association lists by assq, assv and assoc, member and memq.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define symbols
  '(alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma))

(define by-symbol (map (lambda (s) (cons s (symbol->string s))) symbols))
(define by-string (map (lambda (s) (cons (symbol->string s) s)) symbols))
(define by-number
  (let loop ((i 0) (list '()))
    (if (= i 40) list (loop (+ i 1) (cons (cons (* i i) i) list)))))
(define by-list (map (lambda (s) (cons (list s (symbol->string s)) s)) symbols))

(define (work)
  (let loop ((i 0) (sum 0))
    (if (= i 500)
        sum
        (let* ((s (list-ref symbols (modulo i 18)))
               (text (cdr (assq s by-symbol)))
               (back (cdr (assoc (string-append text "") by-string)))
               (number (cdr (assv (* (modulo i 40) (modulo i 40)) by-number)))
               (pair (assoc (list s text) by-list))
               (tail (member text (map cdr by-symbol))))
          (loop (+ i 1)
                (+ sum number (if (eq? back (cdr pair)) 1 0) (length tail)
                   (if (memq back symbols) 1 0) (if (assq 'psi by-symbol) 1000 0)))))))

(repeat 600 work 15328)
