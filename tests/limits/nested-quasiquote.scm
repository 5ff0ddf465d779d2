; Quasiquotations nested in each other, as many as one likes, are data or an error.
; args: --max-heap 64m
; time: 20
; output: done
(define (nest n datum)
  (if (= n 0) datum (nest (- n 1) (list 'quasiquote datum))))
(define (unnest n datum)
  (if (= n 0) datum (unnest (- n 1) (list 'quasiquote (list 'unquote datum)))))
(define (try datum)
  (guard (e ((error-object? e) #f))
    (eval datum (interaction-environment))))
(for-each (lambda (n) (try (nest n 'x)) (try (unnest n 1)) (try (list 'quasiquote (list 'unquote (nest n 'x)))))
          '(10 1000 100000 300000))
(display 'done)
(newline)
