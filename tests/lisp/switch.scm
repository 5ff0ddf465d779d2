; Dispatch on many constants, which is done by a table.
(import (scheme base) (scheme write) (scheme char))

(define (name x)
  (case x
    ((a) 0) ((b) 1) ((c) 2) ((d) 3) ((e) 4) ((f) 5) ((g) 6) ((h) 7) ((i) 8) ((j) 9)
    ((k) 10) ((l) 11) ((m n) 12) ((o) (list x)) ((p) 14) ((q) 15) ((r) 16) ((s) 17) ((t) 18) ((u v) 19)
    (else 'none)))
(map name '(a b j m n o t w "a" #\a 0 () #f)) ; => (0 1 9 12 12 (o) 18 none none none none none none)
(name (string->symbol "t"))             ; => 18
(name (string->symbol (string-append "m" ""))) ; => 12

; Numbers of all kinds are told apart.
(define (number x)
  (case x
    ((0) 'zero) ((1 3 5 7 9) 'odd) ((2 4 6 8) 'even) ((-1 -2 -3 -4 -5 -6 -7 -8 -9) 'negative)
    ((1000000000000 2305843009213693951 -2305843009213693952) 'large) ((2305843009213693952) 'bignum)
    ((1.5 -0.0) 'float) ((1/2) 'ratio)
    (else => (lambda (x) (list x)))))
(map number (list 0 7 8 -9 10 1.0 0.0 -0.0 1.5 1/2 2305843009213693951 2305843009213693952 -2305843009213693952 'x)) ; => (zero odd even negative (10) (1.0) (0.0) float float ratio large bignum large (x))
(define (dense i)
  (case i
    ((0) 'a) ((1) 'b) ((2) 'c) ((3) 'd) ((4) 'e) ((5) 'f) ((6) 'g) ((7) 'h) ((8) 'i) ((9) 'j) ((10) 'k)
    ((11) 'l) ((12) 'm) ((13) 'n) ((14) 'o) ((15) 'p) ((16) 'q) ((17) 'r) ((18) 's) ((19) 't) ((20) 'u)
    (else 'z)))
(let loop ((i -1) (seen '()))
  (if (= i 22) (apply string-append (map symbol->string (reverse seen))) (loop (+ i 1) (cons (dense i) seen)))) ; => "zabcdefghijklmnopqrstuz"

; Members of a list, in tests and with other tests.
(define (vowel? c) (if (memv c '(#\a #\e #\i #\o #\u #\A #\E #\I #\O #\U #\y)) 'vowel 'other))
(map vowel? (list #\a #\U #\y #\Y #\z 97 'a)) ; => (vowel vowel vowel other other other other)
(define (both c) (if (and (memv c '(1 2 3 4 5 6 7 8 9 10)) (not (memv c '(2 4 6 8 10 12 14 16 18 20)))) c '-))
(map both '(0 1 2 9 10 11 x))           ; => (- 1 - 9 - - -)
(define (value c) (memv c '(1 2 3 4 5 6 7 8 9 10)))
(list (value 9) (value 0))              ; => ((9 10) #f)
(define (kinds c)
  (cond ((memv c '(#\space #\newline #\tab #\return #\a #\b #\c #\d #\e)) 'first)
        ((char=? c #\() 'open)
        ((char=? c #\)) 'close)
        ((memv c '(#\0 #\1 #\2 #\3 #\4 #\5 #\6 #\7 #\8 #\9)) 'digit)
        ((eq? c 'never) 'never)
        (else c)))
(map kinds (list #\tab #\e #\( #\) #\7 #\x)) ; => (first first open close digit #\x)
(kinds 'x)                              ; !! char=?: expected a character as argument 1
(kinds 7)                               ; !! char=?: expected a character as argument 1

; Cases for effect, for tests, in loops, with variables of procedures around it.
(define (count-effects l)
  (let ((total 0))
    (define (add! n) (set! total (+ total n)))
    (for-each (lambda (x) (case x
                ((a b c d e f g h i j) (add! 1)) ((k l m n o p q r s t) (add! 10)) ((u) #f) ((v) 5)))
              l)
    total))
(count-effects '(a j k t u v w a))      ; => 23
(define (run program)
  (let loop ((pc 0) (stack '()))
    (if (= pc (vector-length program))
        stack
        (let ((op (vector-ref program pc)))
          (case op
            ((push0) (loop (+ pc 1) (cons 0 stack))) ((push1) (loop (+ pc 1) (cons 1 stack)))
            ((push2) (loop (+ pc 1) (cons 2 stack))) ((push3) (loop (+ pc 1) (cons 3 stack)))
            ((add) (loop (+ pc 1) (cons (+ (car stack) (cadr stack)) (cddr stack))))
            ((sub) (loop (+ pc 1) (cons (- (car stack) (cadr stack)) (cddr stack))))
            ((mul) (loop (+ pc 1) (cons (* (car stack) (cadr stack)) (cddr stack))))
            ((dup) (loop (+ pc 1) (cons (car stack) stack))) ((drop) (loop (+ pc 1) (cdr stack)))
            ((swap) (loop (+ pc 1) (cons (cadr stack) (cons (car stack) (cddr stack)))))
            ((nop nop1 nop2 nop3 nop4 nop5 nop6 nop7 nop8 nop9) (loop (+ pc 1) stack))
            ((skip) (loop (+ pc 2) stack)) ((stop) stack)
            (else (loop (+ pc 1) (cons op stack))))))))
(run #(push1 push2 add dup mul nop3 skip drop 7 swap stop push0)) ; => (9 7)
(define (test x)
  (if (case x ((1 2 3 4 5 6 7 8 9 10) #t) ((11 12 13 14 15 16 17 18 19 20) #f) ((21) 'yes) (else (< x 0)))
      'yes 'no))
(map test '(1 20 21 22 -1))             ; => (yes no yes no yes)

; A continuation that is captured in one case and entered again.
(define (again x)
  (let ((k #f) (n 0))
    (let ((r (case (call/cc (lambda (c) (set! k c) x))
               ((a b c d e f g h i j) 'first) ((k l m n o p q r s t) 'second) (else 'third))))
      (set! n (+ n 1))
      (if (< n 3) (k (if (= n 1) 'k 'z)) r))))
(again 'a)                              ; => third

; Named twice: the first counts.
(define (twice x)
  (cond ((memv x '(1 2 3 4 5 6 7 8 9)) 'first) ((memv x '(9 10 11 12 13 14 15 16 17)) 'second) (else 'none)))
(map twice '(1 9 10 17 18))             ; => (first first second second none)
