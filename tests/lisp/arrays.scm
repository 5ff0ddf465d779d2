;; Numeric vectors: their literals, (srfi 4) and (limpet array).
(import (scheme base) (scheme write) (scheme read) (scheme eval) (srfi 4) (limpet array))

(define (text obj)
  (let ((port (open-output-string)))
    (write obj port)
    (get-output-string port)))

(define (parse text) (read (open-input-string text)))

;; Literals evaluate to themselves and are written as they are read.
(write #u8(0 255))                      ; => #u8(0 255)
(write #s8(-128 127))                   ; => #s8(-128 127)
(write #u16(0 65535))                   ; => #u16(0 65535)
(write #s16(-32768 32767))              ; => #s16(-32768 32767)
(write #u32(0 4294967295))              ; => #u32(0 4294967295)
(write #s32(-2147483648 2147483647))    ; => #s32(-2147483648 2147483647)
(write #u64(0 18446744073709551615))    ; => #u64(0 18446744073709551615)
(write #s64(-9223372036854775808 9223372036854775807)) ; => #s64(-9223372036854775808 9223372036854775807)
(write #f32(1.5 -0.0 +inf.0 -inf.0 +nan.0)) ; => #f32(1.5 -0.0 +inf.0 -inf.0 +nan.0)
(write #f64(0.1 1e300 -2.5e-310 5e-324)) ; => #f64(0.1 1e300 -2.5e-310 5e-324)
(write '(#s8() #f64() #u64()))          ; => (#s8() #f64() #u64())
(write #S8(1))                          ; => #s8(1)
(write #F64(1 #xff 2))                  ; => #f64(1.0 255.0 2.0)
(write '(#f #false #f32(1.0) #f . #f))  ; => (#f #f #f32(1.0) #f . #f)
(write '(#s16(1 #;#f64(2.5) 2 #| 3 |# 4) #u32(5))) ; => (#s16(1 2 4) #u32(5))
(write (quote #s8(1)))                  ; => #s8(1)
(write `(1 #s16(2 3) ,(+ 2 2)))         ; => (1 #s16(2 3) 4)
(write `#s16(1 2))                      ; => #s16(1 2)
(display #f64(1.0 2.0))                 ; => #f64(1.0 2.0)
(write #f32(0.1))                       ; => #f32(0.10000000149011612)
(write (equal? #f32(0.1) (parse (text #f32(0.1))))) ; => #t
(write (let-syntax ((m (syntax-rules () ((_ x) '(x #s16(1 -1)))))) (m #u32(7)))) ; => (#u32(7) #s16(1 -1))
(write (let-syntax ((m (syntax-rules () ((_ #s8(1 2)) 'same) ((_ x) 'other))))
         (list (m #s8(1 2)) (m #u8(1 2))))) ; => (same other)
(write (eval '(f64vector-ref #f64(1.5) 0) (environment '(srfi 4)))) ; => 1.5

;; What is no literal of a kind is an error where it stands.
(parse "#u8(256)")                      ; !! each element of #u8(...) must be an exact integer from 0 to 255
(parse "#s8(1 -129)")                   ; !! each element of #s8(...) must be an exact integer from -128 to 127
(parse "#u16(65536)")                   ; !! each element of #u16(...) must be an exact integer from 0 to 65535
(parse "#s16(32768)")                   ; !! each element of #s16(...) must be an exact integer from -32768 to 32767
(parse "#u32(-1)")                      ; !! each element of #u32(...) must be an exact integer from 0 to 4294967295
(parse "#s32(2147483648)")              ; !! from -2147483648 to 2147483647
(parse "#u64(18446744073709551616)")    ; !! from 0 to 18446744073709551615
(parse "#s64(9223372036854775808)")     ; !! from -9223372036854775808 to 9223372036854775807
(parse "#u8(1.0)")                      ; !! each element of #u8(...) must be an exact integer
(parse "#f64(a)")                       ; !! each element of #f64(...) must be a real number
(parse "#f32((1.0))")                   ; !! each element of #f32(...) must be a real number
(parse "#u8(1 . 2)")                    ; !! unexpected dot
(parse "#s24(1)")                       ; !! #s must begin an array: #s8(...), or 16, 32 or 64
(parse "#f8(1.0)")                      ; !! #f must begin #false, #f, #f32(...) or #f64(...)
(parse "#f64 (1.0)")                    ; !! #f must begin #false, #f, #f32(...) or #f64(...)
(parse "#s16(1 2")                      ; !! the numeric vector opened at 1:1 was never closed

;; A literal is constant.
(s8vector-set! #s8(1 2) 0 5)            ; !! s8vector-set!: argument 1 is a literal s8vector and cannot be changed
(f64vector-set! '#f64(1.0) 0 2.0)       ; !! argument 1 is a literal f64vector and cannot be changed
(array-fill! #u16(1 2) 0)               ; !! argument 1 is a literal u16vector and cannot be changed
(write (let ((v (parse "#u16(1 2)"))) (u16vector-set! v 0 9) v)) ; => #u16(9 2)

;; A bytevector is a u8vector.
(write (list (u8vector? (bytevector 1)) (bytevector? (u8vector 1)) (bytevector? (s8vector 1)) (u8vector? #u16(1)))) ; => (#t #t #f #f)
(write (let ((v (make-u8vector 2 7))) (bytevector-u8-set! v 0 1) (u8vector-set! v 1 2) (utf8->string v) v)) ; => #u8(1 2)
(write (equal? (u8vector 1 2) (bytevector 1 2))) ; => #t
(bytevector-u8-ref #s8(1) 0)            ; !! bytevector-u8-ref:
(write (vector? #s8(1)))                ; => #f

;; Each kind by its names: make, of, length, ref, set!, to and from lists.
(define-syntax each-kind
  (syntax-rules ()
    ((_ (pred make of length ref set to-list from-list low high) ...)
     (list
      (let ((v (make 3 low)) (w (make 2)))
        (set v 1 high)
        (and (pred v) (not (pred "v")) (not (pred (vector 1)))
             (= (length v) 3)
             (eqv? (ref v 0) low) (eqv? (ref v 1) high) (eqv? (ref v 2) low)
             (equal? (to-list v) (list low high low))
             (equal? (to-list v 1) (list high low))
             (equal? (to-list v 1 2) (list high))
             (equal? v (of low high low))
             (equal? v (from-list (list low high low)))
             (not (equal? v (of low high high)))
             (equal? (parse (text v)) v)
             (zero? (ref w 0)) (zero? (ref w 1))
             (= (length (of)) (length (from-list '())) (length (make 0)) 0)))
      ...))))
(write
 (each-kind
  (u8vector? make-u8vector u8vector u8vector-length u8vector-ref u8vector-set! u8vector->list list->u8vector 0 255)
  (s8vector? make-s8vector s8vector s8vector-length s8vector-ref s8vector-set! s8vector->list list->s8vector -128 127)
  (u16vector? make-u16vector u16vector u16vector-length u16vector-ref u16vector-set! u16vector->list list->u16vector 0 65535)
  (s16vector? make-s16vector s16vector s16vector-length s16vector-ref s16vector-set! s16vector->list list->s16vector -32768 32767)
  (u32vector? make-u32vector u32vector u32vector-length u32vector-ref u32vector-set! u32vector->list list->u32vector 0 4294967295)
  (s32vector? make-s32vector s32vector s32vector-length s32vector-ref s32vector-set! s32vector->list list->s32vector -2147483648 2147483647)
  (u64vector? make-u64vector u64vector u64vector-length u64vector-ref u64vector-set! u64vector->list list->u64vector 0 18446744073709551615)
  (s64vector? make-s64vector s64vector s64vector-length s64vector-ref s64vector-set! s64vector->list list->s64vector -9223372036854775808 9223372036854775807)
  (f32vector? make-f32vector f32vector f32vector-length f32vector-ref f32vector-set! f32vector->list list->f32vector -0.0 +inf.0)
  (f64vector? make-f64vector f64vector f64vector-length f64vector-ref f64vector-set! f64vector->list list->f64vector -0.0 1.7976931348623157e308))) ; => (#t #t #t #t #t #t #t #t #t #t)

;; Real numbers of any kind become floats.
(write (f64vector 1 (expt 10 30)))      ; => #f64(1.0 1e30)
(write (f32vector 1 1e300 16777217))    ; => #f32(1.0 +inf.0 16777216.0)

;; Errors name procedure, argument and value.
(s8vector-set! (make-s8vector 2) 0 300) ; !! s8vector-set!:
(s8vector-set! (make-s8vector 2) 0 300) ; !! expected an exact integer from -128 to 127
(s8vector-set! (make-s8vector 2) 0 300) ; !! got 300
(s8vector-set! (make-s8vector 2) 2 3)   ; !! s8vector-set!: index 2 out of range for an s8vector of length 2
(u16vector-ref #u16(1 2) -1)            ; !! u16vector-ref: index -1 out of range for a u16vector of length 2
(u16vector-ref #s16(1 2) 0)             ; !! expected a u16vector
(f64vector-ref #f64(1.0) 0.0)           ; !! an index (an exact integer)
(u64vector 1 -1)                        ; !! from 0 to 18446744073709551615
(u64vector 1 -1)                        ; !! u64vector:
(f32vector 'a)                          ; !! expected a real number
(make-s32vector -1)                     ; !! make-s32vector:
(make-s32vector 2 0.5)                  ; !! expected an exact integer from -2147483648 to 2147483647
(list->s16vector '(1 2 x))              ; !! list->s16vector: element 2 of the list: expected an exact integer from -32768 to 32767, got x
(list->s16vector '(1 . 2))              ; !! expected a proper list
(s16vector->list #s16(1 2) 3)           ; !! s16vector->list:
(make-f64vector 1000000000000000)       ; !! make-f64vector:

;; equal? goes by kind and elements, and these by eqv?.
(write (equal? #s8(1 2) #u8(1 2)))      ; => #f
(write (equal? #f64(1.0) #f64(1.0)))    ; => #t
(write (equal? #f32(1.0) #f64(1.0)))    ; => #f
(write (equal? #f64(0.0) #f64(-0.0)))   ; => #f
(write (equal? (f64vector +nan.0) (f64vector (- +nan.0)))) ; => #t
(write (equal? (f32vector 1.0 +nan.0) (f32vector 1.0 (- +nan.0)))) ; => #t
(write (equal? #f32(+nan.0 1.0) #f32(+nan.0 2.0))) ; => #f
(write (eqv? #s8(1) (s8vector 1)))      ; => #f
(write (let ((v #s8())) (eqv? v v)))    ; => #t

;; (limpet array) takes any kind.
(write (map array? (list #u8(1) #f32(1.0) #(1) "1"))) ; => (#t #t #f #f)
(write (map array-kind (list #u8() #s8() #u16() #s16() #u32() #s32() #u64() #s64() #f32() #f64()))) ; => (u8 s8 u16 s16 u32 s32 u64 s64 f32 f64)
(write (make-array 'f32 2 1/2))         ; => #f32(0.5 0.5)
(make-array 'f16 2)                     ; !! expected u8, s8, u16, s16, u32, s32, u64, s64, f32 or f64
(make-array 'u8 2 256)                  ; !! expected an exact integer from 0 to 255
(write (list->array 's64 '(1 -1)))      ; => #s64(1 -1)
(write (array->list #s64(1 -1 7) 1))    ; => (-1 7)
(write (list (array-length #f64(1.0)) (array-ref #s8(1 -2) 1))) ; => (1 -2)
(write (let ((v (make-array 's16 3))) (array-set! v 1 -5) (array-fill! v 9 2) v)) ; => #s16(0 -5 9)
(write (array-copy #s16(1 2 3) 1))      ; => #s16(2 3)
(write (let ((v (array-copy #u32(1 2 3 4)))) (array-copy! v 1 v 0 3) v)) ; => #u32(1 1 2 3)
(array-copy! (make-array 's8 3) 0 #u8(1)) ; !! array-copy!:
(array-copy! (make-array 's8 3) 2 #s8(1 2)) ; !! array-copy!: 2 elements do not fit at index 2 of an s8vector of length 3
(write (array-append #f64(1.0) #f64() #f64(2.0 3.0))) ; => #f64(1.0 2.0 3.0)
(array-append #f64(1.0) #f32(2.0))      ; !! expected an f64vector
(array-ref '#(1) 0)                     ; !! expected a numeric vector
(write (array-map - #s8(1 -2)))         ; => #s8(-1 2)
(write (array-map + #s8(1 2 3) #u64(10 20))) ; => #s8(11 22)
(array-map (lambda (x) (* x 200)) #s8(1)) ; !! expected an exact integer from -128 to 127
(write (let ((sum 0)) (array-for-each (lambda (x y) (set! sum (+ sum (* x y)))) #f64(1.0 2.0) #f64(3.0 4.0)) sum)) ; => 11.0
(write (let ((sum 0)) (array-for-each (lambda (x) (set! sum (+ sum x))) #u64(18446744073709551615 1)) sum)) ; => 18446744073709551616
(write (let* ((k #f) (n 0) (v (array-map (lambda (x) (call/cc (lambda (c) (if (= x 2) (set! k c)) x))) #u8(1 2 3))))
         (set! n (+ n 1))
         (if (= n 1) (k 50) v)))        ; => #u8(1 50 3)

(write (cond-expand (srfi-4 'yes) (else 'no))) ; => yes
(write (cond-expand ((library (srfi 4)) 'yes) (else 'no))) ; => yes
