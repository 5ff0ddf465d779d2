;; Ephemerons, weak pairs, weak hash tables and guardians: (srfi 124), (limpet weak).
;; stress: 10
(import (scheme base) (scheme write) (limpet weak) (limpet misc) (limpet list) (srfi 124))

(define (ascending? numbers)
  (or (null? numbers) (null? (cdr numbers))
      (and (< (car numbers) (cadr numbers)) (ascending? (cdr numbers)))))

;; ---- Weak pairs

(define kept (list 1 2))
(define weak (weak-cons kept (list 3)))
(define lost (weak-cons (list 1 2) (list 3)))
(gc)
(write (list (weak-car weak) (weak-cdr weak) (weak-pair/car? weak))) ; => ((1 2) (3) #t)
(write (eq? (weak-car weak) kept))      ; => #t
(write (list (weak-car lost) (weak-cdr lost) (weak-pair/car? lost))) ; => (#f (3) #f)
(write (list (weak-pair? weak) (pair? weak) (weak-pair? '(1 . 2)) (weak-pair? lost))) ; => (#t #f #f #t)
(weak-set-car! lost kept)
(weak-set-cdr! lost (list 4 5))
(gc)
(write (list (weak-car lost) (weak-cdr lost))) ; => ((1 2) (4 5))
(weak-set-car! weak (vector 1))
(gc)
(write (weak-pair/car? weak))           ; => #f
(write (weak-car (weak-cons 5 6)))      ; => 5
(write (weak-pair/car? (weak-cons #f 6))) ; => #t
(write weak)                            ; => #<weak pair>
(write (equal? (weak-cons 1 2) (weak-cons 1 2))) ; => #f
(write (equal? weak weak))              ; => #t
(weak-car '(1 . 2))                     ; !! weak-car: expected a weak pair
(weak-cdr 5)                            ; !! weak-cdr: expected a weak pair
(weak-set-car! 'a 1)                    ; !! weak-set-car!: expected a weak pair
(weak-set-cdr! 'a 1)                    ; !! weak-set-cdr!: expected a weak pair
(weak-pair/car? "")                     ; !! weak-pair/car?: expected a weak pair

;; ---- Ephemerons: SRFI 124

(define e1 (make-ephemeron kept (list 'datum kept)))
(define e2 (make-ephemeron (list 1) (list 2)))
(define e3 (let ((key (list 'key))) (make-ephemeron key key)))
(gc)
(write (ephemeron-broken? e1))          ; => #f
(write (ephemeron-key e1))              ; => (1 2)
(write (ephemeron-datum e1))            ; => (datum (1 2))
(write (list (ephemeron-broken? e2) (ephemeron-key e2) (ephemeron-datum e2))) ; => (#t #f #f)
(write (ephemeron-broken? e3))          ; => #t
(write (list (ephemeron? e1) (ephemeron? e2) (ephemeron? kept))) ; => (#t #t #f)
(write e1)                              ; => #<ephemeron>
(write (ephemeron-datum (make-ephemeron 'symbol 5))) ; => 5
(ephemeron-key kept)                    ; !! ephemeron-key: expected an ephemeron
(ephemeron-datum 1)                     ; !! ephemeron-datum: expected an ephemeron
(ephemeron-broken? 1)                   ; !! ephemeron-broken?: expected an ephemeron

;; What is used afterwards is not collected before.
(define (guarded-until-used)
  (let* ((key (list 1 2 3)) (e (make-ephemeron key 'there)))
    (gc)
    (let ((datum (ephemeron-datum e)))
      (reference-barrier key)
      datum)))
(write (guarded-until-used))            ; => there

;; A chain of ephemerons in which each datum is the next key
(define (chain first n)
  (let loop ((i 0) (key first) (all '()))
    (if (= i n)
        all
        (let ((datum (list i)))
          (loop (+ i 1) datum (cons (make-ephemeron key datum) all))))))
(define first-key (list 'first))
(define links (chain first-key 1000))
(gc)
(write (count ephemeron-broken? links)) ; => 0
(write (ascending? (reverse (map (lambda (e) (car (ephemeron-datum e))) links)))) ; => #t
(set! first-key #f)
(gc)
(write (count ephemeron-broken? links)) ; => 1000

;; ---- Guardians

(define g (make-guardian))
(write (g))                             ; => #f
(g (list 1 2))
(g kept)
(g 5)
(g 'a-symbol-in-use)
(gc)
(write (g))                             ; => (1 2)
(write (g))                             ; => #f
(define symbol 'a-symbol-in-use)
(g (list 3) 'representative)
(g (list 4) 0)
(gc)
(write (list (g) (g) (g)))              ; => (representative 0 #f)

;; Registered twice, given back twice; weak references wait for it.
(define w (let ((object (list 'twice))) (g object) (g object) (weak-cons object #f)))
(gc)
(write (weak-car w))                    ; => (twice)
(write (list (g) (g) (g)))              ; => ((twice) (twice) #f)
(gc)
(write (weak-car w))                    ; => #f

;; A guardian that is given back still gives back; one that is gone does not.
(let ((inner (make-guardian)))
  (inner (list 'inside))
  (g inner))
(gc)
(write ((g)))                           ; => (inside)
(define gone (let ((inner (make-guardian)) (object (list 1))) (inner object) (weak-cons object #f)))
(gc)
(write (weak-pair/car? gone))           ; => #f

;; Everything comes back once, whenever it is found.
(define (register-many n)
  (let loop ((i 0))
    (when (< i n)
      (g (vector i) i)
      (loop (+ i 1)))))
(define (drain)
  (let loop ((sum 0))
    (let ((i (g)))
      (if i (loop (+ sum i)) sum))))
(register-many 3000)
(gc)
(write (drain))                         ; => 4498500
(g)                                     ; => #f
(g 1 2 3)                               ; !! argument

;; ---- Weak hash tables

(define t (make-weak-eq-hashtable))
(write (list (weak-hashtable? t) (weak-hashtable? kept) t)) ; => (#t #f #<weak hash table>)
(write (weak-hashtable-count t))        ; => 0
(weak-hashtable-set! t kept 'value)
(weak-hashtable-set! t (list 5) 'lost)
(weak-hashtable-set! t 7 'seven)
(write (weak-hashtable-ref t kept))     ; => value
(write (weak-hashtable-ref t (list 1 2))) ; => #f
(write (weak-hashtable-ref t 8 'none))  ; => none
(write (weak-hashtable-contains? t 7))  ; => #t
(write (weak-hashtable-contains? t 8))  ; => #f
(gc)
(write (weak-hashtable-count t))        ; => 2
(write (weak-hashtable-ref t kept))     ; => value
(weak-hashtable-set! t kept kept)
(weak-hashtable-update! t 7 (lambda (v) (list v v)))
(weak-hashtable-update! t 9 (lambda (n) (+ n 1)) 41)
(write (weak-hashtable-ref t kept))     ; => (1 2)
(write (weak-hashtable-ref t 7))        ; => (seven seven)
(write (weak-hashtable-ref t 9))        ; => 42
(weak-hashtable-delete! t 7)
(weak-hashtable-delete! t 7)
(write (weak-hashtable-contains? t 7))  ; => #f
(define (has-both? keys) (and (memv 9 keys) (memq kept keys) (= (length keys) 2)))
(write (has-both? (weak-hashtable-keys t))) ; => #t
(write (length (weak-hashtable-values t))) ; => 2
(write (weak-hashtable-fold (lambda (key value n) (+ n 1)) 0 t)) ; => 2
(define copy (weak-hashtable-copy t))
(weak-hashtable-clear! t)
(write (weak-hashtable->alist t))       ; => ()
(write (weak-hashtable-ref copy 9))     ; => 42
(weak-hashtable-walk (lambda (key value) (weak-hashtable-delete! copy key)) copy)
(write (weak-hashtable-count copy))     ; => 0

;; A value may refer to its key.
(let ((key (list 'cycle)))
  (weak-hashtable-set! t key (vector key)))
(gc)
(write (weak-hashtable-count t))        ; => 0

;; Symbols: one that is made anew is another one.
(define (forget-symbol)
  (weak-hashtable-set! t (string->symbol "made once") 'value)
  (weak-hashtable-ref t (string->symbol "made once")))
(write (forget-symbol))                 ; => value
(weak-hashtable-set! t 'in-the-program 'value)
(gc)
(write (weak-hashtable-ref t (string->symbol "made once") 'gone)) ; => gone
(write (weak-hashtable-ref t 'in-the-program)) ; => value
(weak-hashtable-delete! t 'in-the-program)

;; Numbers that are objects
(define big (expt 10 40))
(define v (make-weak-eqv-hashtable))
(weak-hashtable-set! v big 'forty)
(write (weak-hashtable-ref v (expt 10 40))) ; => forty
(weak-hashtable-set! t big 'forty)
(write (weak-hashtable-ref t (expt 10 40))) ; => #f
(write (weak-hashtable-ref t big))      ; => forty
(write (weak-hashtable-ref (weak-hashtable-copy v) (expt 10 40))) ; => forty

;; It grows and shrinks, and keys are found after everything has moved.
(define (fill! table keys)
  (for-each (lambda (key) (weak-hashtable-set! table key (list key))) keys))
(define (all-there? table keys)
  (every (lambda (key) (eq? (car (weak-hashtable-ref table key '(#f))) key)) keys))
(define (vectors n)
  (map vector (iota n)))
(define many (vectors 2000))
(weak-hashtable-clear! t)
(fill! t many)
(gc)
(write (all-there? t many))             ; => #t
(write (weak-hashtable-count t))        ; => 2000
(write (apply + (map (lambda (key) (vector-ref key 0)) (weak-hashtable-keys t)))) ; => 1999000
(set! many (list-tail many 1990))
(gc)
(write (weak-hashtable-count t))        ; => 10
(write (all-there? t many))             ; => #t
(fill! t (vectors 500))
(write (all-there? t many))             ; => #t
(for-each (lambda (key) (weak-hashtable-delete! t key)) many)
(gc)
(write (weak-hashtable-count t))        ; => 0
(weak-hashtable-ref kept 1)             ; !! weak-hashtable-ref: expected a weak hash table
(weak-hashtable-set! 5 1 2)             ; !! weak-hashtable-set!: expected a weak hash table
(weak-hashtable-delete! 5 1)            ; !! weak-hashtable-delete!: expected a weak hash table
(weak-hashtable-contains? 5 1)          ; !! weak-hashtable-contains?: expected a weak hash table
(weak-hashtable-clear! 5)               ; !! weak-hashtable-clear!: expected a weak hash table
(weak-hashtable-count 5)                ; !! weak-hashtable-count: expected a weak hash table
(weak-hashtable->alist 5)               ; !! weak-hashtable->alist: expected a weak hash table
(weak-hashtable-keys 5)                 ; !! weak-hashtable-keys: expected a weak hash table
(weak-hashtable-values 5)               ; !! weak-hashtable-values: expected a weak hash table
(weak-hashtable-copy 5)                 ; !! weak-hashtable-copy: expected a weak hash table
(weak-hashtable-walk list 5)            ; !! weak-hashtable-walk: expected a weak hash table
(weak-hashtable-walk 5 t)               ; !! weak-hashtable-walk: expected a procedure
(weak-hashtable-fold cons 1 5)          ; !! weak-hashtable-fold: expected a weak hash table
(weak-hashtable-fold 5 1 t)             ; !! weak-hashtable-fold: expected a procedure
(weak-hashtable-update! 5 1 list)       ; !! weak-hashtable-update!: expected a weak hash table
(weak-hashtable-update! t 1 5)          ; !! weak-hashtable-update!: expected a procedure
