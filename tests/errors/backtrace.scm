; Who called whom, several calls deep.
(define (parse-digit c)
  (- (char->integer c) (char->integer #\0)))
(define (parse-number chars)
  (let loop ((chars chars) (n 0))
    (if (null? chars)
        n
        (loop (cdr chars) (+ (* 10 n) (parse-digit (car chars)))))))
(define (parse-line words)
  (let ((first (parse-number (car words))))
    (cons first
          (if (null? (cdr words))
              '()
              (parse-line (cdr words))))))
(display (parse-line '((#\1 #\2) (#\3))))
(newline)
(display (parse-line '((#\1 #\2) (#\3 4))))
