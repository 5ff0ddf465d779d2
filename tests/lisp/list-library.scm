;; (limpet list) and (limpet sort).
(import (scheme base) (scheme write) (limpet list) (limpet sort))

(write (fold + 0 '(1 2 3)))             ; => 6
(write (fold cons '() '(1 2 3)))        ; => (3 2 1)
(write (fold cons* '() '(a b c) '(1 2 3 4))) ; => (c 3 b 2 a 1)
(write (fold-right cons '() '(1 2 3)))  ; => (1 2 3)
(write (fold-right list 'end '(1 2) '(3 4))) ; => (1 3 (2 4 end))
(write (reduce max 0 '(1 5 3)))         ; => 5
(write (reduce + 0 '()))                ; => 0
(write (reduce - 0 '(1 10 100)))        ; => 91
(write (append-reverse '(3 2 1) '(4)))  ; => (1 2 3 4)
(write (concatenate '((1) () (2 3))))   ; => (1 2 3)
(write (append-map (lambda (x) (list x (* x x))) '(1 2 3))) ; => (1 1 2 4 3 9)
(write (append-map list '(1 2) '(a b))) ; => (1 a 2 b)
(write (iota 5))                        ; => (0 1 2 3 4)
(write (iota 3 1))                      ; => (1 2 3)
(write (iota 3 0 10))                   ; => (0 10 20)
(write (iota 0))                        ; => ()

(write (find even? '(1 3 4 5)))         ; => 4
(write (find even? '(1 3)))             ; => #f
(write (find-tail even? '(1 4 5)))      ; => (4 5)
(write (list-index even? '(1 3 4 5)))   ; => 2
(write (list-index even? '()))          ; => #f
(list-index even? '(1 . 2))             ; !! list-index: expected a proper list as argument 2, got (1 . 2)
(write (any even? '(1 3 4)))            ; => #t
(write (any + '(1) '(2)))               ; => 3
(write (any even? '()))                 ; => #f
(write (every even? '(2 4)))            ; => #t
(write (every (lambda (x) (and (even? x) x)) '(2 4))) ; => 4
(write (every even? '()))               ; => #t
(write (every < '(1 2) '(2 1)))         ; => #f
(write (count even? '(1 2 4)))          ; => 2
(write (last '(1 2 3)))                 ; => 3
(last '())                              ; !! last: expected a list with elements as argument 1, got ()

(write (filter even? '(1 2 3 4)))       ; => (2 4)
(write (remove even? '(1 2 3 4)))       ; => (1 3)
(write (call-with-values (lambda () (partition even? '(1 2 3 4))) list)) ; => ((2 4) (1 3))
(write (filter-map (lambda (x) (and (even? x) (* x x))) '(1 2 3 4))) ; => (4 16)
(write (delete 2 '(1 2 3 2)))           ; => (1 3)
(write (delete 2 '(1 2 3) <))           ; => (1 2)
(write (delete-duplicates '(a b a c b))) ; => (a b c)
(write (delete-duplicates '((a . 3) (b . 7) (c . 1) (a . 9)) (lambda (x y) (eq? (car x) (car y)))))
                                        ; => ((a . 3) (b . 7) (c . 1))
(write (take '(1 2 3) 2))               ; => (1 2)
(write (drop '(1 2 3) 2))               ; => (3)

;; Sorting
(write (sort '(3 1 2) <))               ; => (1 2 3)
(write (sort '() <))                    ; => ()
(write (sort #(3 1 2) >))               ; => #(3 2 1)
(write (list-sort < '(2 1)))            ; => (1 2)
(write (vector-sort < #(5 4 3 2 1)))    ; => #(1 2 3 4 5)
(write (let ((v (vector 3 1 2))) (vector-sort! < v) v)) ; => #(1 2 3)
(sort '(1 a) <)                         ; !! <
(sort 5 <)                              ; !! sort: expected a proper list or a vector as argument 1, got 5

;; Against counting, for many lengths of pseudo-random digits: sorted, stable, nothing lost
(define (digits n seed)
  (let loop ((i 0) (x seed) (result '()))
    (if (= i n)
        result
        (loop (+ i 1) (modulo (+ (* x 1103515245) 12345) 2147483648)
              (cons (cons (modulo (quotient x 65536) 10) i) result)))))
(define (by-counting items)
  (append-map (lambda (digit) (filter (lambda (item) (= (car item) digit)) items)) (iota 10)))
(define (key<? a b) (< (car a) (car b)))
(write (every (lambda (n) (let ((items (digits n n))) (equal? (sort items key<?) (by-counting items))))
              (append (iota 12) '(31 32 33)))) ; => #t

;; A continuation captured in the order can be entered again
(write (let ((k #f) (runs 0) (results '()))
         (let ((sorted (sort '(3 1 2) (lambda (a b) (call/cc (lambda (c) (if (not k) (set! k c)) (< a b)))))))
           (set! results (cons sorted results))
           (set! runs (+ runs 1))
           (if (< runs 2) (k #t))
           results)))                   ; => ((1 2 3) (1 2 3))
