;;; lists.scm - lists: map, append, reverse, assoc and a merge sort.
(import (scheme base) (scheme write))

(define (numbers n seed)
  (let loop ((i 0) (x seed) (list '()))
    (if (= i n)
        list
        (loop (+ i 1) (modulo (+ (* x 1103515245) 12345) 2147483648) (cons x list)))))

(define (merge a b)
  (cond ((null? a) b)
        ((null? b) a)
        ((< (car b) (car a)) (cons (car b) (merge a (cdr b))))
        (else (cons (car a) (merge (cdr a) b)))))

(define (split list)
  (if (or (null? list) (null? (cdr list)))
      (values list '())
      (let-values (((a b) (split (cddr list))))
        (values (cons (car list) a) (cons (cadr list) b)))))

(define (sort list)
  (if (or (null? list) (null? (cdr list)))
      list
      (let-values (((a b) (split list)))
        (merge (sort a) (sort b)))))

(define (run n)
  (let loop ((i 0) (total 0))
    (if (= i n)
        total
        (let* ((list (numbers 3000 (+ i 1)))
               (sorted (sort list))
               (small (map (lambda (x) (modulo x 100)) (append sorted list)))
               (table (map cons small small)))
          (loop (+ i 1)
                (+ total (length (reverse small)) (cdr (assv (car small) table))))))))

(write (run 60)) ; => 361830
(newline)
