;; Hash tables: (srfi 69).
;; stress: 1000
(import (scheme base) (scheme write) (scheme char) (srfi 69) (srfi 4) (limpet misc) (limpet list)
        (limpet sort) (limpet error))

(define (sorted-keys table) (sort (hash-table-keys table) <))
(define (message thunk) (guard (e (#t (condition-message e))) (thunk)))

;; ---- Keys and values

(define t (make-hash-table))
(write (list (hash-table? t) (hash-table? '()) (hash-table-size t) t)) ; => (#t #f 0 #<hash table 0>)
(hash-table-set! t 'a 1)
(hash-table-set! t "b" 2)
(hash-table-set! t '(c #(d "e") 1.5) 3)
(write t)                               ; => #<hash table 3>
(write (hash-table-ref/default t (list 'c (vector 'd (string #\e)) 1.5) #f)) ; => 3
(write (hash-table-ref t (string #\b))) ; => 2
(write (hash-table-ref/default t 'b 'none)) ; => none
(write (hash-table-ref t 'b (lambda () 'called))) ; => called
(write (map (lambda (key) (hash-table-exists? t key)) '(a b "a" "b"))) ; => (#t #f #f #t)
(hash-table-set! t "b" 20)
(write (list (hash-table-size t) (hash-table-ref/default t "b" #f))) ; => (3 20)
(hash-table-delete! t 'a)
(hash-table-delete! t 'not-there)
(write (list (hash-table-size t) (hash-table-exists? t 'a))) ; => (2 #f)
(write (sort (hash-table-values t) <))  ; => (3 20)
(hash-table-update! t "b" (lambda (x) (+ x 1)))
(hash-table-update! t 'new (lambda (x) (+ x 1)) (lambda () 100))
(hash-table-update!/default t 'other (lambda (x) (+ x 1)) 200)
(write (map (lambda (key) (hash-table-ref t key)) '("b" new other))) ; => (21 101 201)
(hash-table-ref t 'nothing)             ; !! hash-table-ref: no such key: nothing
(hash-table-update! t 'nothing list)    ; !! hash-table-update!: no such key: nothing
(write (hash-table-size t))             ; => 4
(hash-table-clear! t)
(write (list (hash-table-size t) (hash-table->alist t) (hash-table-keys t))) ; => (0 () ())
(hash-table-set! t t t)
(write (eq? t (hash-table-ref t t)))    ; => #t
(write (list (equal? t (hash-table-copy t)) (equal? t t))) ; => (#f #t)

;; An end-of-file object is a value like others.
(define ends (make-hash-table))
(hash-table-set! ends (eof-object) (eof-object))
(write (list (eof-object? (hash-table-ref ends (eof-object))) (eof-object? (hash-table-ref/default ends 1 (eof-object)))
             (hash-table-ref/default ends 1 2))) ; => (#t #t 2)
(hash-table-update! ends (eof-object) list)
(write (eof-object? (car (hash-table-ref ends (eof-object))))) ; => #t

;; ---- All of a table

(define squares (alist->hash-table (map (lambda (i) (cons i (* i i))) (iota 50)) eqv?))
(write (hash-table-fold squares (lambda (key value sum) (+ key value sum)) 0)) ; => 41650
(write (let ((sum 0)) (hash-table-walk squares (lambda (key value) (set! sum (+ sum value)))) sum)) ; => 40425
(write (equal? (sorted-keys squares) (iota 50))) ; => #t
(write (every (lambda (pair) (= (cdr pair) (* (car pair) (car pair)))) (hash-table->alist squares))) ; => #t
(define twin (hash-table-copy squares))
(hash-table-set! twin 50 2500)
(hash-table-delete! twin 0)
(write (list (hash-table-size squares) (hash-table-size twin) (hash-table-ref/default squares 50 #f))) ; => (50 50 #f)
(write (eq? squares (hash-table-merge! squares twin))) ; => #t
(write (list (hash-table-size squares) (hash-table-ref squares 50) (hash-table-ref squares 0))) ; => (51 2500 0)
(write (hash-table-ref (alist->hash-table '((a . 1) (b . 2) (a . 3))) 'a)) ; => 1
(write (hash-table-size (alist->hash-table '()))) ; => 0

;; ---- What keys are the same

(define (kinds-of-same equivalence)
  (let ((table (make-hash-table equivalence)))
    (map (lambda (key same)
           (hash-table-clear! table)
           (hash-table-set! table key #t)
           (hash-table-ref/default table same #f))
         (list 1 1.5 1e200 (expt 10 30) 2/3 "x" '(x) (vector 1) #\x 'x (bytevector 1 2) (f64vector 1.5))
         (list 1 1.5 1e200 (expt 10 30) 2/3 (string #\x) (list 'x) (vector 1) #\x 'x (bytevector 1 2) (f64vector 1.5)))))
(write (kinds-of-same eq?))             ; => (#t #t #f #f #f #f #f #f #t #t #f #f)
(write (kinds-of-same eqv?))            ; => (#t #t #t #t #t #f #f #f #t #t #f #f)
(write (kinds-of-same equal?))          ; => (#t #t #t #t #t #t #t #t #t #t #t #t)
(write (map (lambda (a b) (let ((table (make-hash-table eqv?)))
                            (hash-table-set! table a #t)
                            (hash-table-exists? table b)))
            (list 1 0.0 +nan.0 100 #t '() 1/2)
            (list 1.0 -0.0 (- +nan.0) 100.0 #f #f 0.5))) ; => (#f #f #t #f #f #f #f)
(define eq-table (make-hash-table eq?))
(define pairs (map list (iota 300)))
(for-each (lambda (pair) (hash-table-set! eq-table pair (car pair))) pairs)
(gc)
(write (every (lambda (pair) (eqv? (car pair) (hash-table-ref/default eq-table pair #f))) pairs)) ; => #t
(write (hash-table-exists? eq-table (list 0))) ; => #f

(define strings (make-hash-table string=?))
(hash-table-set! strings "" 0)
(hash-table-set! strings "Straße" 1)
(hash-table-set! strings "\x3bb;x" 2)
(write (map (lambda (s) (hash-table-ref/default strings s #f))
            (list (string) (string-append "Stra" "ße") "STRASSE" (string #\x3bb #\x)))) ; => (0 1 #f 2)
;; A string with wide room and narrow characters is the same key.
(define widened (make-string 9 #\x3bb))
(string-copy! widened 0 "narrow:17")
(hash-table-set! strings "narrow:17" 'narrow)
(write (hash-table-ref/default strings widened #f)) ; => narrow
(write (list (= (string-hash widened) (string-hash "narrow:17")) (= (hash widened) (hash "narrow:17")))) ; => (#t #t)
(hash-table-ref strings 'symbol (lambda () 1)) ; !! hash-table-ref: expected a string as argument 2, got symbol
(hash-table-set! strings 5 1)           ; !! hash-table-set!: expected a string as argument 2, got 5
(hash-table-delete! strings #\a)        ; !! hash-table-delete!: expected a string as argument 2, got #\a
(hash-table-exists? strings '())        ; !! hash-table-exists?: expected a string as argument 2, got ()
(define folded (make-hash-table string-ci=?))
(hash-table-set! folded "Straße" 1)
(hash-table-set! folded "ABC" 2)
(write (map (lambda (s) (hash-table-ref/default folded s #f)) '("STRASSE" "strasse" "abc" "aBc" "ab"))) ; => (1 1 2 2 #f)

;; Circular keys: equal? if they unfold into the same tree.
(define (circle n)
  (let ((list (make-list n 'x)))
    (set-cdr! (last-pair list) list)
    list))
(define circles (make-hash-table equal?))
(hash-table-set! circles (circle 1) 'round)
(write (map (lambda (n) (hash-table-ref/default circles (circle n) #f)) '(1 2 3 7))) ; => (round round round round)
(define knot (vector 1 #f 3))
(vector-set! knot 1 knot)
(define other-knot (vector 1 (vector 1 #f 3) 3))
(vector-set! (vector-ref other-knot 1) 1 other-knot)
(hash-table-set! circles knot 'knot)
(write (hash-table-ref/default circles other-knot #f)) ; => knot
(define (deep n) (let loop ((i 0) (d '())) (if (= i n) d (loop (+ i 1) (list d i)))))
(hash-table-set! circles (deep 20000) 'deep)
(write (hash-table-ref/default circles (deep 20000) #f)) ; => deep

;; ---- Tables by procedures of the program

(define calls 0)
(define (same-remainder? a b) (= (modulo a 7) (modulo b 7)))
(define (remainder-hash n) (set! calls (+ calls 1)) (modulo n 7))
(define sevens (make-hash-table same-remainder? remainder-hash))
(do ((i 0 (+ i 1))) ((= i 100)) (hash-table-update!/default sevens i (lambda (n) (+ n 1)) 0))
(write (sort (hash-table->alist sevens) (lambda (a b) (< (car a) (car b)))))
; => ((0 . 15) (1 . 15) (2 . 14) (3 . 14) (4 . 14) (5 . 14) (6 . 14))
(write calls)                           ; => 200
(write (list (hash-table-ref sevens 700) (hash-table-exists? sevens 8) (hash-table-ref/default sevens 3 #f))) ; => (15 #t 14)
(hash-table-delete! sevens 71)
(write (list (hash-table-exists? sevens 1) (hash-table-size sevens))) ; => (#f 6)
(define sevens2 (hash-table-copy sevens))
(hash-table-set! sevens2 1 'one)
(write (list (hash-table-ref sevens2 8) (hash-table-size sevens))) ; => (one 6)
(write (eq? same-remainder? (hash-table-equivalence-function sevens2))) ; => #t
(write (eq? remainder-hash (hash-table-hash-function sevens2))) ; => #t
(write (map (lambda (same?) (eq? same? (hash-table-equivalence-function (make-hash-table same?))))
            (list eq? eqv? equal? string=? string-ci=? = char-ci=? same-remainder?))) ; => (#t #t #t #t #t #t #t #t)
(write (eq? hash (hash-table-hash-function (make-hash-table)))) ; => #t
(write (eq? string-hash (hash-table-hash-function (make-hash-table string=?)))) ; => #t

;; One hash for all, and hashes of any size; a hash function that wants a bound.
(define all-one (make-hash-table equal? (lambda (key) 0)))
(do ((i 0 (+ i 1))) ((= i 200)) (hash-table-set! all-one (list i) i))
(do ((i 0 (+ i 2))) ((= i 200)) (hash-table-delete! all-one (list i)))
(write (list (hash-table-size all-one) (hash-table-ref all-one '(77)) (hash-table-exists? all-one '(78)))) ; => (100 77 #f)
(define big-hashes (make-hash-table = (lambda (n) (expt n 50))))
(hash-table-set! big-hashes 12345678901 'big)
(hash-table-set! big-hashes -3 'negative)
(write (list (hash-table-ref big-hashes 12345678901) (hash-table-ref big-hashes -3))) ; => (big negative)
(define bounded (make-hash-table string=? (lambda (s bound) (modulo (string-length s) bound))))
(hash-table-set! bounded "abc" 3)
(write (hash-table-ref bounded (string #\a #\b #\c))) ; => 3
(define numeric (make-hash-table =))
(hash-table-set! numeric 1 'one)
(hash-table-set! numeric 0.5 'half)
(hash-table-set! numeric +inf.0 'infinite)
(write (map (lambda (n) (hash-table-ref/default numeric n #f)) '(1.0 1/2 +inf.0 1.0+0.0i +nan.0 2))) ; => (one half infinite one #f #f)
(define letters (make-hash-table char-ci=?))
(hash-table-set! letters #\a 1)
(write (hash-table-ref/default letters #\A #f)) ; => 1
(hash-table-set! (make-hash-table equal? (lambda (x) 'none)) 1 2) ; !! hash table: expected an exact integer as argument 2, got none
(hash-table-set! (make-hash-table equal? (lambda (x) (error "no hash of" x))) 'y 2) ; !! no hash of y

;; ---- Changed meanwhile, left and entered again

;; Walking sees what was there when it began.
(define walked (alist->hash-table (map (lambda (i) (cons i i)) (iota 100)) eqv?))
(define seen 0)
(hash-table-walk walked
  (lambda (key value)
    (set! seen (+ seen 1))
    (hash-table-delete! walked key)
    (hash-table-set! walked (+ key 1000) value)
    (if (= seen 50) (hash-table-clear! walked))))
(write (list seen (hash-table-size walked))) ; => (100 50)

(define again #f)
(define visits 0)
(define (count-visits)
  (let ((table (alist->hash-table '((1 . 10) (2 . 20) (3 . 30)))))
    (hash-table-walk table
      (lambda (key value)
        (call/cc (lambda (k) (if (= visits 1) (set! again k))))
        (set! visits (+ visits 1))
        (hash-table-clear! table)))
    visits))
(write (let ((first (count-visits)))
         (if (< first 9) (again #f))
         first))                        ; => 9

;; An update whose procedure changes the table, and is entered again.
(define updated (make-hash-table eqv?))
(define resume #f)
(define rounds 0)
(write (begin
         (hash-table-update!/default updated 'key
           (lambda (value)
             (call/cc (lambda (k) (set! resume k)))
             (set! rounds (+ rounds 1))
             (hash-table-delete! updated 'key)
             (do ((i 0 (+ i 1))) ((= i 100)) (hash-table-set! updated i rounds))
             (list value rounds))
           0)
         (if (< rounds 3) (resume #f))
         (list (hash-table-ref updated 'key) (hash-table-size updated)))) ; => ((0 3) 101)

;; An equivalence that changes the table while a key is looked for.
(define mischief #f)
(define (mischievous? a b)
  (if mischief
      (let ((act mischief))
        (set! mischief #f)
        (act)))
  (equal? a b))
(define victim (make-hash-table mischievous? (lambda (key) 1)))
(hash-table-set! victim 'a 1)
(set! mischief (lambda () (hash-table-set! victim 'b 'inner)))
(hash-table-set! victim 'b 'outer)
(write (list (hash-table-size victim) (hash-table-ref victim 'b))) ; => (2 outer)
(set! mischief (lambda () (hash-table-clear! victim)))
(write (hash-table-ref/default victim 'a 'gone)) ; => gone
(hash-table-set! victim 'a 1)
(set! mischief (lambda () (do ((i 0 (+ i 1))) ((= i 50)) (hash-table-set! victim i i)) (gc)))
(hash-table-set! victim 'c 3)
(write (list (hash-table-size victim) (hash-table-ref victim 'c) (hash-table-ref victim 49))) ; => (52 3 49)
(define escaped
  (call/cc (lambda (k)
             (set! mischief (lambda () (k 'out)))
             (hash-table-delete! victim 'c))))
(write (list escaped (hash-table-ref victim 'c))) ; => (out 3)

;; ---- Hashes

(write (every (lambda (x) (and (exact-integer? (hash x)) (<= 0 (hash x)) (= (hash x) (hash x))))
              (list 1 -1 1.5 'a "a" '(1 . 2) #(1) #\a #t '() (expt 10 40) car t 1e300))) ; => #t
(write (every (lambda (x) (< (hash x 10) 10)) '(1 2 3 a b c "x" "y"))) ; => #t
(write (= (hash '(1 (2 "x") #(3))) (hash (list 1 (list 2 (string #\x)) (vector 3))))) ; => #t
(write (= (string-ci-hash "Straße") (string-ci-hash "STRASSE") (string-hash "strasse"))) ; => #t
(write (= (hash-by-identity t) (begin (gc) (hash-by-identity t)))) ; => #t
(hash 1 0)                              ; !! hash: expected an exact positive integer as argument 2, got 0
(string-hash 'a)                        ; !! string-hash: expected a string as argument 1, got a
(write (< (string-hash "a" (expt 10 30)) (expt 10 30))) ; => #t

;; Keys in simple patterns spread: of 4096 hashes, below 4096, more than half differ.
(define (spread keys)
  (let ((seen (make-hash-table eqv?)))
    (for-each (lambda (key) (hash-table-set! seen (hash key 4096) #t)) keys)
    (> (hash-table-size seen) 2048)))
(define numbers (iota 4096))
(write (map spread
            (list numbers
                  (map (lambda (i) (* i 64)) numbers)
                  (map (lambda (i) (* i (expt 2 40))) numbers)
                  (map (lambda (i) (* i 1.0)) numbers)
                  (map (lambda (i) (/ i 1024.0)) numbers)
                  (map integer->char numbers)
                  (map number->string numbers)
                  (map (lambda (i) (string-append "prefix-" (number->string i) "-suffix")) numbers)
                  (map (lambda (i) (make-string (quotient i 8) (integer->char (+ 65 (modulo i 8))))) numbers)
                  (map (lambda (i) (list (quotient i 64) (modulo i 64))) numbers)
                  (map (lambda (i) (vector (modulo i 16) (modulo (quotient i 16) 16) (quotient i 256))) numbers)
                  (map (lambda (i) (string (integer->char (+ 19968 (quotient i 64))) (integer->char (+ 19968 (modulo i 64))))) numbers)
                  (map (lambda (i) (expt 3 (+ i 100))) numbers))))
; => (#t #t #t #t #t #t #t #t #t #t #t #t #t)

;; ---- Against an association list

(define state 12345)
(define (random n)
  (set! state (modulo (+ (* state 1103515245) 12345) 2147483648))
  (modulo (quotient state 65536) n))

(define (remove-key key alist same?)
  (remove (lambda (pair) (same? (car pair) key)) alist))

;; How often the two disagree.
(define (model-test table same? make-key steps)
  (let loop ((step 0) (model '()) (wrong 0))
    (if (= step steps)
        (+ wrong
           (if (= (length model) (hash-table-size table)) 0 1)
           (if (every (lambda (pair) (equal? (cdr pair) (hash-table-ref/default table (car pair) #f))) model) 0 1))
        (let* ((key (make-key (random 40))) (known (assoc key model same?)))
          (case (random (if (< (modulo step 400) 200) 8 12))
            ((0 1 2 3)
             (hash-table-set! table key step)
             (loop (+ step 1) (cons (cons key step) (remove-key key model same?)) wrong))
            ((4 5)
             (loop (+ step 1) model
                   (if (equal? (hash-table-ref/default table key #f) (and known (cdr known))) wrong (+ wrong 1))))
            ((6)
             (hash-table-update!/default table key (lambda (n) (+ n 1)) 0)
             (loop (+ step 1) (cons (cons key (+ 1 (if known (cdr known) 0))) (remove-key key model same?)) wrong))
            ((7)
             (loop (+ step 1) model
                   (if (eq? (hash-table-exists? table key) (and known #t)) wrong (+ wrong 1))))
            (else
             (hash-table-delete! table key)
             (loop (+ step 1) (remove-key key model same?) wrong)))))))

(write (model-test (make-hash-table eqv?) eqv? (lambda (i) (* i 1024)) 3000)) ; => 0
(write (model-test (make-hash-table equal?) equal? (lambda (i) (list (quotient i 7) (number->string i))) 3000)) ; => 0
(write (model-test (make-hash-table string=?) string=? number->string 3000)) ; => 0
(write (model-test (make-hash-table eq?) eq? (let ((keys (list->vector (map list (iota 40))))) (lambda (i) (vector-ref keys i))) 3000)) ; => 0
(write (model-test (make-hash-table (lambda (a b) (equal? a b)) (lambda (key) (modulo (car key) 5))) equal? list 2000)) ; => 0

;; ---- Wrong arguments that the tables of checks do not try

(make-hash-table eq? hash-by-identity 'weak) ; !! make-hash-table: expected an exact nonnegative integer as argument 3, got weak
(alist->hash-table '((a . 1) b))        ; !! alist->hash-table: expected a list of pairs as argument 1
(alist->hash-table 5)                   ; !! alist->hash-table: expected a proper list as argument 1, got 5
(write (hash-table-size (make-hash-table eqv? hash 1000))) ; => 0
(write (message (lambda () (hash-table-walk 5 list)))) ; => "hash-table-walk: expected a hash table as argument 1, got"
(write (message (lambda () (hash-table-ref 5 1)))) ; => "hash-table-ref: expected a hash table as argument 1, got"
