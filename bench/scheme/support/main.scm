;;; main.scm - what every program here ends with: the work again and again, its result checked.

;; The last argument of the command line if it is a number, which scales the work.
(define (scale default)
  (let loop ((rest (command-line)) (found #f))
    (if (null? rest)
        (or found default)
        (loop (cdr rest) (string->number (car rest))))))

(define (finish result expected)
  (write result)
  (newline)
  (unless (equal? result expected)
    (display "wrong, expected ")
    (write expected)
    (newline)
    (exit 1)))

;; Calls `work` as often as the scale says; each time it has to return `expected`.
(define (repeat default work expected)
  (let loop ((left (- (scale default) 1)))
    (let ((result (work)))
      (if (and (> left 0) (equal? result expected))
          (loop (- left 1))
          (finish result expected)))))
