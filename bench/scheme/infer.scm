;;; infer.scm - programs: types by the algorithm of Hindley and Milner, with let-polymorphism.
(import (scheme base) (scheme write) (scheme process-context) (scheme cxr))
(include "support/main.scm")

;; A type is a variable or a list: (int), (bool), (-> a b), (list a), (pair a b).
(define-record-type variable
  (make-variable bound level)
  variable?
  (bound variable-bound set-variable-bound!)
  (level variable-level set-variable-level!))

(define (fresh level) (make-variable #f level))

(define (prune type)
  (if (and (variable? type) (variable-bound type))
      (let ((end (prune (variable-bound type))))
        (set-variable-bound! type end)
        end)
      type))

(define (adjust! variable type)
  (let ((type (prune type)))
    (cond ((eq? variable type) (error "infinite type"))
          ((variable? type)
           (set-variable-level! type (min (variable-level type) (variable-level variable))))
          (else (for-each (lambda (part) (adjust! variable part)) (cdr type))))))

(define (unify! a b)
  (let ((a (prune a)) (b (prune b)))
    (cond ((eq? a b) #t)
          ((variable? a) (adjust! a b) (set-variable-bound! a b))
          ((variable? b) (unify! b a))
          ((and (eq? (car a) (car b)) (= (length a) (length b)))
           (for-each unify! (cdr a) (cdr b)))
          (else (error "mismatch" (car a) (car b))))))

;; The level of variables that stand for any type.
(define generic 1000)

(define (generalise! type level)
  (let ((type (prune type)))
    (cond ((not (variable? type)) (for-each (lambda (part) (generalise! part level)) (cdr type)))
          ((> (variable-level type) level) (set-variable-level! type generic)))))

;; Generic variables are new at every use.
(define (instance type level)
  (let ((made '()))
    (let copy ((type type))
      (let ((type (prune type)))
        (cond ((not (variable? type)) (cons (car type) (map copy (cdr type))))
              ((< (variable-level type) generic) type)
              ((assq type made) => cdr)
              (else
               (let ((new (fresh level)))
                 (set! made (cons (cons type new) made))
                 new)))))))

(define (infer e env level)
  (cond ((number? e) '(int))
        ((boolean? e) '(bool))
        ((symbol? e)
         (let ((entry (assq e env)))
           (if entry
               (instance (cdr entry) level)
               (error "unbound" e))))
        (else
         (case (car e)
           ((lambda)
            (let* ((argument (fresh level))
                   (result (infer (caddr e) (cons (cons (cadr e) argument) env) level)))
              (list '-> argument result)))
           ((if)
            (unify! (infer (cadr e) env level) '(bool))
            (let ((type (infer (caddr e) env level)))
              (unify! type (infer (cadddr e) env level))
              type))
           ((let)
            (let* ((self (fresh (+ level 1)))
                   (type (infer (caddr e) (cons (cons (cadr e) self) env) (+ level 1))))
              (unify! self type)
              (generalise! type level)
              (infer (cadddr e) (cons (cons (cadr e) type) env) level)))
           (else
            (let ((result (fresh level)) (f (infer (car e) env level)))
              (unify! f (list '-> (infer (cadr e) env level) result))
              result))))))

(define (arrows . types)
  (if (null? (cdr types))
      (car types)
      (list '-> (car types) (apply arrows (cdr types)))))

(define environment
  (let ((a (fresh generic)) (b (fresh generic)))
    (list (cons 'plus (arrows '(int) '(int) '(int)))
          (cons 'less (arrows '(int) '(int) '(bool)))
          (cons 'nil (list 'list a))
          (cons 'cons (arrows a (list 'list a) (list 'list a)))
          (cons 'head (arrows (list 'list a) a))
          (cons 'tail (arrows (list 'list a) (list 'list a)))
          (cons 'empty (arrows (list 'list a) '(bool)))
          (cons 'pair (arrows a b (list 'pair a b)))
          (cons 'first (arrows (list 'pair a b) a)))))

(define program
  '(let map (lambda f (lambda l (if (empty l) nil ((cons (f (head l))) ((map f) (tail l))))))
     (let fold (lambda f (lambda i (lambda l (if (empty l) i ((f (head l)) (((fold f) i) (tail l)))))))
       (let compose (lambda f (lambda g (lambda x (f (g x)))))
         (let id (lambda x x)
           (let append (lambda a (lambda b (((fold cons) b) a)))
             (let twice (lambda f ((compose f) f))
               (let sum ((fold plus) 0)
                 (let numbers ((cons 1) ((cons 2) nil))
                   ((pair ((map (lambda x ((pair x) ((less x) 3)))) ((append numbers) numbers)))
                    ((pair (sum ((map (twice (plus 1))) numbers)))
                     ((pair ((map (twice id)) ((cons #t) nil)))
                      (twice (twice id))))))))))))))

(define (show type)
  (let ((names '()))
    (let show ((type type))
      (let ((type (prune type)))
        (cond ((not (variable? type))
               (if (null? (cdr type)) (car type) (cons (car type) (map show (cdr type)))))
              ((assq type names) => cdr)
              (else
               (let ((name (length names)))
                 (set! names (cons (cons type name) names))
                 name)))))))

(define (work)
  (let loop ((i 1))
    (let ((type (show (infer program environment 0))))
      (if (= i 20) type (loop (+ i 1))))))

(repeat 200 work '(pair (list (pair int bool)) (pair int (pair (list bool) (-> 0 0)))))
