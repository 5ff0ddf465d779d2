;;; scopes.scm - which binding a name means, in code that is nested deep.

(import (scheme base) (scheme eval))

(define env (environment '(scheme base)))

;; n scopes within each other; scope i binds (name-of i) to i, and inside of all `names` are read.
(define (nest n name-of names)
  (let loop ((i n) (inside (cons 'list names)))
    (if (= i 0)
        inside
        (loop (- i 1) `(let ((,(name-of i) ,i)) ,inside)))))

(define (numbered prefix i)
  (string->symbol (string-append prefix (number->string i))))

;; The innermost scope that binds each of `names`.
(define (expected n name-of names)
  (map (lambda (name)
         (let loop ((i n))
           (if (eq? (name-of i) name) i (loop (- i 1)))))
       names))

(define (agrees? n name-of names)
  (equal? (eval (nest n name-of names) env) (expected n name-of names)))

;; Every scope has a name of its own, and all are read.
(define (all-agree? name-of count)
  (let loop ((n 1))
    (cond ((> n 70) #t)
          ((agrees? n name-of
                    (let names ((i 1)) (if (> i (min n count)) '() (cons (name-of i) (names (+ i 1))))))
           (loop (+ n 1)))
          (else n))))

(all-agree? (lambda (i) (numbered "v" i)) 70)
; => #t

;; The same few names again and again.
(all-agree? (lambda (i) (numbered "v" (modulo i 3))) 3)
; => #t
(all-agree? (lambda (i) (numbered "v" (modulo (* i i) 17))) 16)
; => #t

;; A scope may get names when there are scopes inside of it already.
(define (late n)
  (eval (nest n (lambda (i) (numbered "v" i))
              '((let ()
                  (let-syntax ((get (syntax-rules () ((_ name) (let ((other 1)) name)))))
                    (define (f) (get late)))
                  (define late 'found)
                  (define-syntax define-later
                    (syntax-rules () ((_ name value) (define name value))))
                  (define-later later (list late))
                  (define (g) (let* ((a 1) (b 2)) later))
                  (list (f) (g)))))
        env))

(let loop ((n 0))
  (cond ((= n 40) 'all)
        ((equal? (late n) '((found (found)))) (loop (+ n 1)))
        (else (list n (late n)))))
; => all

;; The same for syntax, which hides variables of outer scopes and is hidden by inner ones.
(define (hiding n)
  (eval `(let ((v1 'outer))
           (let-syntax ((v1 (syntax-rules () ((_ x) (list 'syntax x)))))
             ,(let loop ((i n))
                (if (= i 1)
                    '(list (v1 1) (let ((v1 car)) (v1 '(variable))))
                    `(let ((,(numbered "v" i) ,i)) ,(loop (- i 1)))))))
        env))

(let loop ((n 1))
  (cond ((= n 40) 'all)
        ((equal? (hiding n) '((syntax 1) variable)) (loop (+ n 1)))
        (else (list n (hiding n)))))
; => all
