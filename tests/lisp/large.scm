;; The library on large data: nothing here may need the C stack, or room that it gives back late.
;; stress: 20000
(import (scheme base) (scheme lazy) (scheme write) (limpet evalrs) (limpet list) (limpet sort))

;; Recursion over a long list is as deep as the list
(write (length (map (lambda (x) x) (make-list 300000 1)))) ; => 300000
(write (length (map + (iota 100000) (iota 100000 1)))) ; => 100000
(write (fold-right (lambda (x n) (+ n 1)) 0 (make-list 300000 1))) ; => 300000
(write (apply + (make-list 100000 1)))  ; => 100000
(write (length (apply append (map list (iota 10000))))) ; => 10000
(write (vector-length (vector-map (lambda (x) (* x x)) (make-vector 300000 2)))) ; => 300000
(write (string-length (string-map (lambda (c) #\λ) (make-string 300000 #\a)))) ; => 300000

;; Guards and parameters in a loop need no more room than one
(write (let loop ((i 0)) (if (< i 100000) (loop (+ i (guard (e (#t e)) (raise 1)))) i))) ; => 100000
(define p (make-parameter 0))
(write (let loop ((i 0)) (if (< i 100000) (loop (+ i (parameterize ((p 1)) (p)))) i))) ; => 100000
(write (let loop ((i 0)) (if (< i 100000) (loop (+ i (call/cc (lambda (k) (k 1))))) i))) ; => 100000

;; Chains of delay-force take no room
(define (countdown n) (if (= n 0) (delay 'done) (delay-force (countdown (- n 1)))))
(write (force (countdown 200000)))      ; => done

;; Sorting
(define (numbers n seed)
  (let loop ((i 0) (x seed) (result '()))
    (if (= i n)
        result
        (loop (+ i 1) (modulo (+ (* x 1103515245) 12345) 2147483648) (cons x result)))))
(write (let ((sorted (sort (numbers 100000 1) <)))
         (every <= sorted (cdr sorted)))) ; => #t
;; Pairs that compare by their last digit: equal ones keep their order
(define (stable? n)
  (let ((items (map cons (map (lambda (x) (modulo (quotient x 65536) 10)) (numbers n n)) (iota n))))
    (let ((sorted (sort items (lambda (a b) (< (car a) (car b))))))
      (every (lambda (a b) (or (< (car a) (car b)) (and (= (car a) (car b)) (< (cdr a) (cdr b)))))
             (if (null? sorted) '() sorted)
             (if (null? sorted) '() (cdr sorted))))))
(write (every stable? (append (iota 200) '(255 256 257 1000 10000)))) ; => #t
(write (vector-length (vector-sort < (list->vector (numbers 100000 2))))) ; => 100000

;; A large vector takes old and new elements
(define big (make-vector 20000 0))
(let loop ((i 0)) (if (< i 20000) (begin (vector-set! big i (list i)) (loop (+ i 1)))))
(write (list (vector-ref big 0) (vector-ref big 12345) (vector-ref big 19999))) ; => ((0) (12345) (19999))

;; The little Lisp nests as deeply as it is told to
(define (run program) (display (evalrs->string (evalrs-eval-string program))))
(run (string-append (make-string 20000 #\() (make-string 20000 #\)))) ; !! not a function: nil
(run (string-append "'" (make-string 20000 #\() (make-string 20000 #\)) " 'ok")) ; => ok
