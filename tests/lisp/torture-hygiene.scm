;; Hygiene where it hurts: captured binders, shadowed keywords, macros that make macros, libraries.
(import (scheme base) (scheme write))

;; Every keyword and procedure that a macro mentions, shadowed at the place of use
(define-syntax uses-much
  (syntax-rules ()
    ((_ e)
     (let* ((a (list 1)) (b (cons 0 a)))
       (cond ((null? a) 'null) ((pair? b) (case (car b) ((0) (if (not #f) (begin (set! a (append b '(2))) (and #t (or #f (list a e)))) 'no)) (else 'else))) (else 'no))))))
(let ((let* 1) (list 2) (cons 3) (cond 4) (null? 5) (pair? 6) (case 7) (car 8) (if 9) (not 10) (begin 11) (set! 12)
      (append 13) (and 14) (or 15) (else 16) (quote 17) (a 18) (b 19))
  (uses-much (+ a b)))                  ; => ((0 1 2) 37)
(define-syntax loop-until
  (syntax-rules () ((_ var init test step) (let loop ((var init)) (if test var (loop step))))))
(let ((loop (lambda (x) (* x 2))) (if list)) (loop-until x 1 (> x 100) (loop x))) ; => 128

;; Binders of all kinds, introduced and given, with the same name
(define-syntax both (syntax-rules () ((_ x) (let ((y 'mine)) (list x y)))))
(let ((y 'yours)) (both y))             ; => (yours mine)
(define-syntax all-binders
  (syntax-rules ()
    ((_ v e)
     (list (let ((t 1)) e) (let* ((t 2)) e) (letrec ((t 3)) e) (letrec* ((t 4)) e) (let t () e)
           (do ((t 5)) (#t e)) ((lambda (t) e) 6) ((lambda t e) 7) (let-values (((t) (values 8))) e)
           (let*-values (((t . u) (values 9))) e) (guard (t (#t e)) (raise 10))
           (let () (define t 11) e) (let () (define (t) 12) e) (let () (define-values (t u) (values 13 14)) e)
           (let-syntax ((t (syntax-rules () ((_) 15)))) e) (letrec-syntax ((t (syntax-rules () ((_) 16)))) e)
           (let () (define-syntax t (syntax-rules () ((_) 17))) e)
           (let () (define-record-type t (make-t u) t? (u get)) e)))))
(let ((t 'user)) (all-binders t t))     ; => (user user user user user user user user user user user user user user user user user user)
(define-syntax bind-given
  (syntax-rules ()
    ((_ t e)
     (list (let ((t 1)) e) (let* ((t 2)) e) (letrec ((t 3)) e) (letrec* ((t 4)) e)
           (do ((t 5)) (#t e)) ((lambda (t) e) 6) ((lambda t e) 7) (let-values (((t) (values 8))) e)
           (let*-values (((t . u) (values 9))) e) (guard (t (#t e)) (raise 10))
           (let () (define t 11) e) (let () (define-values (t u) (values 13 14)) e)))))
(let ((t 'user)) (bind-given t t))      ; => (1 2 3 4 5 6 (7) 8 9 10 11 13)

;; Macros within macros: each expansion makes names of its own
(define-syntax count-down
  (syntax-rules ()
    ((_ () acc) acc)
    ((_ (x . rest) acc) (let ((t x)) (count-down rest (cons t acc))))))
(count-down (1 2 3) '())                ; => (3 2 1)
(define-syntax collect
  (syntax-rules ()
    ((_ () (name ...) (e ...)) (let ((name e) ...) (list name ...)))
    ((_ (e0 e1 ...) (name ...) (e ...)) (collect (e1 ...) (name ... t) (e ... e0)))))
(collect (1 2 3) () ())                 ; => (1 2 3)
(define-syntax my-letrec
  (syntax-rules ()
    ((_ ((v i) ...) . body) (my-letrec "temps" (v ...) () ((v i) ...) . body))
    ((_ "temps" () (t ...) ((v i) ...) . body) (let ((v #f) ...) (let ((t i) ...) (set! v t) ... (let () . body))))
    ((_ "temps" (x y ...) (t ...) b . body) (my-letrec "temps" (y ...) (new t ...) b . body))))
(my-letrec ((e? (lambda (n) (if (= n 0) #t (o? (- n 1))))) (o? (lambda (n) (if (= n 0) #f (e? (- n 1)))))) (list (e? 10) (o? 10))) ; => (#t #f)
(let ((new 5)) (my-letrec ((a (lambda () new)) (b (lambda () (a)))) (b))) ; => 5

;; Macros that define macros, three levels deep, with escapes
(define-syntax define-definer
  (syntax-rules ()
    ((_ name)
     (define-syntax name
       (syntax-rules ()
         ((_ inner value (... ...))
          (define-syntax inner
            (syntax-rules ()
              ((_ extra) (list value (... ...) extra))))))))))
(define-definer make-appender)
(make-appender one-two 1 2)
(one-two 3)                             ; => (1 2 3)
(let ((list vector)) (one-two 3))       ; => (1 2 3)
(define-syntax define-n-ary
  (syntax-rules ()
    ((_ name op)
     (define-syntax name
       (syntax-rules ()
         ((_) (op))
         ((_ x (... ...)) (op (op x) (... ...))))))))
(define-n-ary sums +)
(list (sums) (sums 1 2 3))              ; => (0 6)
(let ((+ *)) (sums 1 2 3))              ; => 6
(define-syntax define-alias
  (syntax-rules () ((_ new old) (define-syntax new (syntax-rules () ((_ . args) (old . args)))))))
(define-alias my-if if)
(define-alias my-define define)
(define-alias my-quote quote)
(my-define my-x (my-if #f 1 (my-quote two)))
my-x                                    ; => two
(let ((if list)) (my-if #t 1 2))        ; => 1
(define-alias my-let-syntax let-syntax)
(list (my-let-syntax ((m (syntax-rules () ((_) 'm)))) (m))) ; => (m)

;; Literals are what they are bound to, at the definition and at the use
(define-syntax is-else (syntax-rules (else) ((_ else) #t) ((_ x) #f)))
(list (is-else else) (let ((else 1)) (is-else else)) (is-else if)) ; => (#t #f #f)
(define-syntax via-else (syntax-rules () ((_) (is-else else))))
(let ((else 1)) (list (via-else) (is-else else))) ; => (#t #f)
(define-syntax check-if (syntax-rules (if) ((_ (if x)) 'if) ((_ (y x)) 'other)))
(list (check-if (if 1)) (let ((if 1)) (check-if (if 1)))) ; => (if other)
(let ((unbound-literal 1)) (define-syntax m (syntax-rules (unbound-literal) ((_ unbound-literal) 'same) ((_ x) 'not))) (list (m unbound-literal) (let ((unbound-literal 2)) (m unbound-literal)))) ; => (same not)
(define-syntax with-free (syntax-rules (never-bound) ((_ never-bound) 'free) ((_ x) 'not)))
(list (with-free never-bound) (let ((never-bound 1)) (with-free never-bound))) ; => (free not)
;; ... and _ as literals, as variables, and shadowed
(define-syntax dots (syntax-rules (...) ((_ ... x) '(dots x)) ((_ a b) 'no)))
(list (dots ... 1) (dots 2 1))          ; => ((dots 1) no)
(define-syntax under (syntax-rules (_) ((under _) 'under) ((under x) 'no)))
(list (under _) (under 1) (let ((_ 1)) (under _))) ; => (under no no)
(let ((... 'dots)) (define-syntax m (syntax-rules () ((_ ...) ...))) (m 7)) ; => 7
(let ((_ 'var)) (let-syntax ((m (syntax-rules () ((m _) '_)))) (m 7))) ; => 7
(define-syntax as-ellipsis (syntax-rules _ () ((m a _) '(a _))))
(as-ellipsis 1 2)                       ; => (1 2)

;; A pattern variable hides everything of its name in the template
(define-syntax hide (syntax-rules () ((_ if list) (if list))))
(hide car '(1 2))                       ; => 1
(define-syntax quote-hide (syntax-rules () ((_ quote x) 'x)))
(quote-hide - 5)                        ; => -5
(define-syntax quasi-hide (syntax-rules () ((_ unquote) `(a ,b))))
(quasi-hide c)                          ; => (a (c b))

;; Top-level names that a macro brings along are names of their own only where that can be seen
(define-syntax define-counter
  (syntax-rules () ((_ next reset) (begin (define n 0) (define (next) (set! n (+ n 1)) n) (define (reset) (set! n 0))))))
(let () (define-counter a ra) (define-counter b rb) (a) (a) (b) (rb) (list (a) (b))) ; => (3 1)
(let ((n 'mine)) (define-counter a ra) (a) (list n (a))) ; => (mine 2)
(define-syntax define-pair (syntax-rules () ((_ a b) (define-values (a b) (let ((t 1)) (values t (+ t 1)))))))
(define-pair first-of-pair second-of-pair)
(list first-of-pair second-of-pair)     ; => (1 2)
(define-syntax define-struct
  (syntax-rules () ((_ make get set) (define-record-type struct (make value) struct? (value get set)))))
(define-struct make-1 get-1 set-1!)
(let ((s (make-1 5))) (set-1! s 6) (get-1 s)) ; => 6
(let () (define-struct make-2 get-2 set-2!) (let ((struct? 1) (value 2)) (list (get-2 (make-2 7)) struct? value))) ; => (7 1 2)
(define-syntax define-two-types
  (syntax-rules () ((_ m1 p1 m2 p2) (begin (define-record-type t (m1) p1) (define-record-type u (m2) p2)))))
(let () (define-two-types m1 p1 m2 p2) (list (p1 (m1)) (p1 (m2)) (p2 (m1)) (p2 (m2)))) ; => (#t #f #f #t)

;; The scope of a macro is that of its definition, also for recursion and for later names
(define-syntax uses-later (syntax-rules () ((_) (later-defined))))
(define (later-defined) 'global)
(let ((later-defined (lambda () 'local))) (uses-later)) ; => global
(let () (define-syntax m (syntax-rules () ((_) (inner)))) (define (inner) 'inner) (let ((inner list)) (m))) ; => inner
(let ((x 'outer)) (define-syntax m (syntax-rules () ((_) x))) (define x* (m)) (let ((x 'inner)) (list x* (m)))) ; => (outer outer)
(define shared 'one)
(define-syntax get-shared (syntax-rules () ((_) shared)))
(define-syntax set-shared! (syntax-rules () ((_ v) (set! shared v))))
(let ((shared 'local)) (set-shared! 'two) (list shared (get-shared))) ; => (local two)

;; Across libraries: private names stay private, and mean the library's whatever the user has
(define-library (hygiene private)
  (export with-secret define-secret (rename public-if when-secret) swap! =~)
  (import (scheme base))
  (begin
    (define secret 'secret)
    (define (helper x) (list secret x))
    (define-syntax =~ (syntax-rules () ((_) '=~)))
    (define-syntax with-secret (syntax-rules (=~) ((_ a =~ b) (list (helper a) (helper b))) ((_ e) (let ((secret e)) (helper secret)))))
    (define-syntax define-secret (syntax-rules () ((_ name) (begin (define hidden (helper 'name)) (define (name) hidden)))))
    (define-syntax public-if (syntax-rules () ((_ c e) (if c (helper e) #f))))
    (define-syntax swap! (syntax-rules () ((_ a b) (let ((tmp a)) (set! a b) (set! b tmp)))))))
(import (hygiene private))
(define (helper x) 'wrong)
(define secret 'wrong)
(define hidden 'mine)
(with-secret 5)                         ; => (secret 5)
(let ((helper 1) (secret 2) (let 3) (if 4)) (with-secret (+ helper secret let if))) ; => (secret 10)
(when-secret #t 1)                      ; => (secret 1)
(with-secret 1 =~ 2)                    ; => ((secret 1) (secret 2))
(let () (define-secret a) (define-secret b) (list (a) (b) hidden)) ; => ((secret a) (secret b) mine)
(let ((tmp 1) (other 2)) (swap! tmp other) (list tmp other)) ; => (2 1)
(define-library (hygiene renamed) (export go) (import (rename (hygiene private) (=~ tilde) (with-secret w)))
  (import (scheme base)) (begin (define (go) (list (w 1 tilde 2) (w 'x)))))
(import (hygiene renamed))
(go)                                    ; => (((secret 1) (secret 2)) (secret x))
;; A literal imported under another name is still the same binding
(define-library (hygiene elsewhere) (export my-cond) (import (scheme base) (rename (only (scheme base) else) (else otherwise)))
  (begin (define-syntax my-cond (syntax-rules (otherwise) ((_ (otherwise e)) e) ((_ (c e) . r) (if c e (my-cond . r)))))))
(import (hygiene elsewhere))
(my-cond (#f 1) (else 2))               ; => 2

;; What is quoted, compared and written has lost all marks
(define-syntax symbols (syntax-rules () ((_ x) (let ((t 1)) '(t x t)))))
(equal? (symbols t) '(t t t))           ; => #t
(define-syntax sym (syntax-rules () ((_) 'introduced)))
(eq? (sym) 'introduced)                 ; => #t
(define-syntax case-sym (syntax-rules () ((_ e) (case e ((introduced) #t) (else #f)))))
(case-sym (sym))                        ; => #t
(define-syntax in-vector (syntax-rules () ((_ x) '#(t x #(t)))))
(in-vector t)                           ; => #(t t #(t))

;; What a macro defines at top level may be used before its definition in the same expansion
(define-syntax define-counter
  (syntax-rules ()
    ((_ next reset!)
     (begin
       (define (next) (step!) count)
       (define (reset!) (set! count 0) (start))
       (define (start) (list 'at count))
       (define count 0)
       (define step! (lambda () (set! count (+ count 1))))))))
(define count 'mine)
(define-counter next reset!)
(define-counter next-2 reset-2!)
(list (next) (next) (next-2) count)     ; => (1 2 1 mine)
(list (reset!) (next) (next-2))         ; => ((at 0) 1 2)
(define-library (hygiene early) (export parity) (import (scheme base))
  (begin
    (define-syntax define-parity
      (syntax-rules ()
        ((_ name) (begin (define (name n) (if (= n 0) 'even (odd n))) (define (odd n) (if (= n 1) 'odd (name (- n 2))))))))
    (define-parity parity)))
(import (hygiene early))
(list (parity 4) (parity 7))            ; => (even odd)
(define-syntax define-late (syntax-rules () ((_ name) (define (name) late))))
(define-late get-late)
(define late 'from-the-program)
(get-late)                              ; => from-the-program
