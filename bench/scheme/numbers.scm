;;; numbers.scm - io: numbers of all kinds turned into text and back.
(import (scheme base) (scheme write) (scheme process-context))
(include "support/main.scm")

(define (there-and-back n) (eqv? n (string->number (number->string n))))

(define (work)
  (let loop ((i 0) (good 0))
    (if (= i 500)
        good
        (loop (+ i 1)
              (+ good
                 (if (there-and-back (* i 1234567)) 1 0)
                 (if (there-and-back (/ i 7.0)) 1 0)
                 (if (there-and-back (* i 1e-5)) 1 0)
                 (if (there-and-back (/ i 9)) 1 0)
                 (if (= i (string->number (number->string i 2) 2)) 1 0)
                 (if (there-and-back (* i 123456789123456789)) 1 0))))))

(repeat 400 work 3000)
