;;; interpreter.scm - programs: an interpreter of Scheme in Scheme, running two small programs.
(import (scheme base) (scheme write) (scheme process-context) (scheme cxr))
(include "support/main.scm")

;; An environment is a list of frames, a frame a list of pairs.
(define (lookup name env)
  (if (null? env)
      (error "unbound" name)
      (or (assq name (car env))
          (lookup name (cdr env)))))

(define (bind names values)
  (cond ((null? names) '())
        ((symbol? names) (list (cons names values)))
        (else (cons (cons (car names) (car values))
                    (bind (cdr names) (cdr values))))))

(define (evaluate e env)
  (cond ((symbol? e) (cdr (lookup e env)))
        ((not (pair? e)) e)
        (else
         (case (car e)
           ((quote) (cadr e))
           ((if) (if (evaluate (cadr e) env)
                     (evaluate (caddr e) env)
                     (evaluate (cadddr e) env)))
           ((lambda) (vector (cadr e) (cddr e) env))
           ((define)
            (let ((value (evaluate (caddr e) env)))
              (set-car! env (cons (cons (cadr e) value) (car env)))
              value))
           ((set!)
            (set-cdr! (lookup (cadr e) env) (evaluate (caddr e) env)))
           ((let)
            (evaluate-all (cddr e)
                          (cons (bind (map car (cadr e))
                                      (map (lambda (b) (evaluate (cadr b) env)) (cadr e)))
                                env)))
           ((begin) (evaluate-all (cdr e) env))
           (else
            (call (evaluate (car e) env)
                  (map (lambda (e) (evaluate e env)) (cdr e))))))))

(define (evaluate-all body env)
  (if (null? (cdr body))
      (evaluate (car body) env)
      (begin
        (evaluate (car body) env)
        (evaluate-all (cdr body) env))))

(define (call f arguments)
  (if (procedure? f)
      (apply f arguments)
      (evaluate-all (vector-ref f 1)
                    (cons (bind (vector-ref f 0) arguments) (vector-ref f 2)))))

(define (globals)
  (list (list (cons '+ +) (cons '- -) (cons '< <) (cons 'cons cons) (cons 'car car)
              (cons 'cdr cdr) (cons 'null? null?))))

(define program
  '(begin
     (define fib
       (lambda (n)
         (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))
     (define insert
       (lambda (x list)
         (if (null? list)
             (cons x '())
             (if (< x (car list))
                 (cons x list)
                 (cons (car list) (insert x (cdr list)))))))
     (define sort
       (lambda (list)
         (if (null? list)
             '()
             (insert (car list) (sort (cdr list))))))
     (define count 0)
     (define each
       (lambda (f list)
         (if (null? list)
             count
             (begin (set! count (+ count (f (car list))))
                    (each f (cdr list))))))
     (let ((sorted (sort '(5 3 9 1 7 8 2 6 4 0 15 13 19 11 17 18 12 16 14 10))))
       (cons (fib 12) (cons (each (lambda (x) (+ x 1)) sorted) sorted)))))

(define (work) (evaluate program (globals)))

(repeat 700 work '(144 210 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19))
