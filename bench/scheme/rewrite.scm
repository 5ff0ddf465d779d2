;;; rewrite.scm - lists: a rewriter of terms by lemmas, and a checker of tautologies.
(import (scheme base) (scheme write) (scheme process-context) (scheme cxr))
(include "support/main.scm")

;; The symbols in these are variables; constants are terms without arguments.
(define lemmas
  '(((and x y) (if x (if y (true) (false)) (false)))
    ((or x y) (if x (true) (if y (true) (false))))
    ((not x) (if x (false) (true)))
    ((implies x y) (if x (if y (true) (false)) (true)))
    ((iff x y) (and (implies x y) (implies y x)))
    ((if (if u v w) x y) (if u (if v x y) (if w x y)))
    ((plus (plus x y) z) (plus x (plus y z)))
    ((plus x (zero)) x)
    ((plus (zero) x) x)
    ((plus x (next y)) (next (plus x y)))
    ((times x (plus y z)) (plus (times x y) (times x z)))
    ((times (times x y) z) (times x (times y z)))
    ((times x (zero)) (zero))
    ((times x (next y)) (plus x (times x y)))
    ((equal (plus x y) (plus x z)) (equal y z))
    ((equal x x) (true))
    ((less (plus x y) (plus x z)) (less y z))
    ((append (append x y) z) (append x (append y z)))
    ((length (append x y)) (plus (length x) (length y)))
    ((length (reverse x)) (length x))
    ((reverse (append x y)) (append (reverse y) (reverse x)))))

(define table '())

(define (lemmas-of name)
  (let ((entry (assq name table)))
    (if entry (cdr entry) '())))

(define (add-lemma! lemma)
  (let* ((name (caar lemma)) (entry (assq name table)))
    (if entry
        (set-cdr! entry (append (cdr entry) (list lemma)))
        (set! table (cons (list name lemma) table)))))

(define (match pattern term bindings)
  (cond ((not bindings) #f)
        ((symbol? pattern)
         (let ((bound (assq pattern bindings)))
           (cond ((not bound) (cons (cons pattern term) bindings))
                 ((equal? (cdr bound) term) bindings)
                 (else #f))))
        ((and (pair? term) (eq? (car pattern) (car term)))
         (match-all (cdr pattern) (cdr term) bindings))
        (else #f)))

(define (match-all patterns terms bindings)
  (cond ((null? patterns) (and (null? terms) bindings))
        ((null? terms) #f)
        (else
         (match-all (cdr patterns) (cdr terms)
                    (match (car patterns) (car terms) bindings)))))

(define (instance pattern bindings)
  (if (symbol? pattern)
      (cdr (assq pattern bindings))
      (cons (car pattern)
            (map (lambda (part) (instance part bindings)) (cdr pattern)))))

(define start '((() . ())))

(define rewrites 0)

(define (rewrite term)
  (if (pair? term)
      (rewrite-by (cons (car term) (map rewrite (cdr term)))
                  (lemmas-of (car term)))
      term))

(define (rewrite-by term lemmas)
  (if (null? lemmas)
      term
      (let ((bindings (match (caar lemmas) term start)))
        (if bindings
            (begin
              (set! rewrites (+ rewrites 1))
              (rewrite (instance (cadar lemmas) bindings)))
            (rewrite-by term (cdr lemmas))))))

(define (holds? term true false)
  (cond ((or (equal? term '(true)) (member term true)) #t)
        ((or (equal? term '(false)) (member term false)) #f)
        ((and (pair? term) (eq? (car term) 'if))
         (let ((test (cadr term)))
           (cond ((or (equal? test '(true)) (member test true))
                  (holds? (caddr term) true false))
                 ((or (equal? test '(false)) (member test false))
                  (holds? (cadddr term) true false))
                 (else
                  (and (holds? (caddr term) (cons test true) false)
                       (holds? (cadddr term) true (cons test false)))))))
        (else #f)))

(define theorem
  '(implies (and (implies (p) (q))
                 (and (implies (q) (r))
                      (and (implies (r) (s)) (implies (s) (t)))))
            (implies (p) (t))))

(define equation
  '(equal (length (append (append (a) (reverse (append (b) (c)))) (d)))
          (plus (length (a)) (plus (plus (length (c)) (length (b))) (length (d))))))

(define (work)
  (set! rewrites 0)
  (let* ((a (holds? (rewrite theorem) '() '()))
         (b (rewrite equation)))
    (list a b rewrites)))

(for-each add-lemma! lemmas)
(repeat 50 work '(#t (true) 956))
