; Names in deep code are found without asking every scope around it: here are as many as fit, with a
; hundred thousand references inside of all, to what the outermost binds, to each in turn, and to
; something that none binds.
; output: (600000 600000)
(import (scheme base) (scheme eval) (scheme write))

(define depth 1000)

(define (name i) (string->symbol (string-append "v" (number->string i))))

(define (nest i inside)
  (if (= i 0)
      inside
      (nest (- i 1) `(let ((,(name i) (+ ,(if (= i 1) 0 (name (- i 1))) 0))) ,inside))))

(define (references count)
  (let loop ((i 0) (made '((+ n 0))))
    (if (= i count)
        (cons 'begin made)
        (loop (+ i 1)
              (cons `(set! n (+ n 3 ,(name 1) ,(name (+ 1 (modulo i depth))))) made)))))

(write (eval `(let ((n 0)) ,(nest depth `(list ,(references 200000) n)))
             (environment '(scheme base))))
