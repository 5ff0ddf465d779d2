;; Vectors and bytevectors: sections 6.8 and 6.9.
(import (scheme base) (scheme write))

(write (vector? #(1)))                  ; => #t
(write (vector? '(1)))                  ; => #f
(write (vector? #u8(1)))                ; => #f
(write (make-vector 3 'a))              ; => #(a a a)
(write (vector-length (make-vector 100000))) ; => 100000
(write (make-vector 0))                 ; => #()
(make-vector -1)                        ; !! make-vector: expected an exact nonnegative integer as argument 1, got -1
(make-vector 1.0)                       ; !! make-vector
(make-vector 1000000000000)             ; !! make-vector
(make-vector 1000000000000000000000000) ; !! make-vector
(write (vector 'a 'b 'c))               ; => #(a b c)
(write (vector))                        ; => #()
(write (vector-ref '#(1 1 2 3 5 8 13 21) 5)) ; => 8
(vector-ref #(1 2 3) 3)                 ; !! vector-ref: index 3 out of range for a vector of length 3
(vector-ref #(1 2 3) -1)                ; !! vector-ref
(vector-ref #(1 2 3) 'foo)              ; !! vector-ref: expected an index (an exact integer) as argument 2, got foo
(vector-ref '(1) 0)                     ; !! vector-ref: expected a vector as argument 1, got (1)
(write (let ((v (vector 0 '(2 2 2 2) "Anna"))) (vector-set! v 1 '("Sue" "Sue")) v)) ; => #(0 ("Sue" "Sue") "Anna")
(vector-set! '#(0 1 2) 1 "doe")         ; !! vector-set!
(vector-set! (vector 0) 1 "doe")        ; !! vector-set!: index 1 out of range
(write (vector->list '#(dah dah didah))) ; => (dah dah didah)
(write (vector->list '#(dah dah didah) 1)) ; => (dah didah)
(write (vector->list '#(dah dah didah) 1 2)) ; => (dah)
(write (list->vector '(dididit dah)))   ; => #(dididit dah)
(list->vector '(1 . 2))                 ; !! list->vector
(write (vector-copy #(1 8 2 8)))        ; => #(1 8 2 8)
(write (vector-copy #(1 8 2 8) 2 4))    ; => #(2 8)
(vector-copy #(1 2) 2 1)                ; !! vector-copy
(vector-copy #(1 2) 0 3)                ; !! vector-copy
(let () (let ((v (vector-copy #(1 2)))) (vector-set! v 0 'x) (write v))) ; => #(x 2)
(define a (vector 1 2 3 4 5))
(define b (vector 10 20 30 40 50))
(let () (vector-copy! b 1 a 0 2) (write b)) ; => #(10 1 2 40 50)
(let () (vector-copy! b 1 b 0 4) (write b)) ; => #(10 10 1 2 40)
(let () (vector-copy! b 0 b 2) (write b)) ; => #(1 2 40 2 40)
(let () (vector-copy! b 5 a 5) (write b)) ; => #(1 2 40 2 40)
(vector-copy! b 4 a 0 2)                ; !! vector-copy!
(vector-copy! #(1 2 3) 0 a 0 1)         ; !! vector-copy!
(write (vector-append #(a b c) #() #(d e f))) ; => #(a b c d e f)
(write (vector-append))                 ; => #()
(vector-append #(1) '(2))               ; !! vector-append: expected a vector as argument 2, got (2)
(let () (vector-fill! a 'smash 2 4) (write a)) ; => #(1 2 smash smash 5)
(let () (vector-fill! a 0) (write a))    ; => #(0 0 0 0 0)

(write (vector-map cadr '#((a b) (d e) (g h)))) ; => #(b e h)
(write (vector-map (lambda (n) (expt n n)) #(1 2 3 4 5))) ; => #(1 4 27 256 3125)
(write (vector-map * #(1 2) #(10 20 30))) ; => #(10 40)
(write (vector-map + #(1 2) #(10 20) #(100))) ; => #(111)
(write (vector-map + #()))              ; => #()
(write (let ((v (make-vector 5))) (vector-for-each (lambda (i) (vector-set! v i (* i i))) #(0 1 2 3 4)) v))
                                        ; => #(0 1 4 9 16)
(write (let ((l '())) (vector-for-each (lambda (x y) (set! l (cons (cons x y) l))) #(1 2) #(a b c)) l))
                                        ; => ((2 . b) (1 . a))
(vector-map car '(1))                   ; !! vector-map: expected a vector as argument 2, got (1)


;; Bytevectors
(write (bytevector? #u8(1 2)))          ; => #t
(write (bytevector? #(1 2)))            ; => #f
(write (make-bytevector 2 12))          ; => #u8(12 12)
(write (make-bytevector 3))             ; => #u8(0 0 0)
(make-bytevector 2 256)                 ; !! make-bytevector: expected an exact integer from 0 to 255 as argument 2, got 256
(make-bytevector 100000000000000000000) ; !! make-bytevector
(write (bytevector 1 3 5 1 3 5))        ; => #u8(1 3 5 1 3 5)
(write (bytevector))                    ; => #u8()
(bytevector 1 -1)                       ; !! bytevector: expected an exact integer from 0 to 255 as argument 2, got -1
(write (bytevector-length #u8(1 2 3)))  ; => 3
(write (bytevector-u8-ref #u8(1 1 2 3 5 8 13 21) 5)) ; => 8
(bytevector-u8-ref #u8(1 2) 2)          ; !! bytevector-u8-ref: index 2 out of range for a bytevector of length 2
(bytevector-u8-ref #(1 2) 0)            ; !! bytevector-u8-ref: expected a bytevector as argument 1, got #(1 2)
(write (let ((bv (bytevector 1 2 3 4))) (bytevector-u8-set! bv 1 3) bv)) ; => #u8(1 3 3 4)
(bytevector-u8-set! #u8(1 2) 0 1)       ; !! bytevector-u8-set!
(bytevector-u8-set! (bytevector 1) 0 300) ; !! bytevector-u8-set!: expected an exact integer from 0 to 255 as argument 3, got 300
(write (bytevector-copy #u8(1 2 3 4 5) 2 4)) ; => #u8(3 4)
(write (let ((a (bytevector 1 2 3 4 5)) (b (bytevector 10 20 30 40 50))) (bytevector-copy! b 1 a 0 2) b))
                                        ; => #u8(10 1 2 40 50)
(write (let ((b (bytevector 1 2 3 4 5))) (bytevector-copy! b 1 b 0 4) b)) ; => #u8(1 1 2 3 4)
(bytevector-copy! (bytevector 1) 0 #u8(1 2)) ; !! bytevector-copy!
(write (bytevector-append #u8(0 1 2) #u8() #u8(3 4 5))) ; => #u8(0 1 2 3 4 5)
(write (utf8->string #u8(#x41)))        ; => "A"
(write (utf8->string #u8(#x41 #xCE #xBB #x42) 1 3)) ; => "λ"
(utf8->string #u8(#xCE))                ; !! utf8->string
(utf8->string #u8(#xED #xA0 #x80))      ; !! utf8->string
(write (string->utf8 "λ"))              ; => #u8(206 187)
(write (string->utf8 "aλb" 1))          ; => #u8(206 187 98)
(write (string->utf8 "abc" 1 2))        ; => #u8(98)
