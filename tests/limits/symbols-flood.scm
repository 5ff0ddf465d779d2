; Symbols that nobody keeps are collected, however many are made; those that are kept end in an
; error, and leave the program able to go on.
; args: --max-heap 64m
; output: (all-made out-of-memory still)
(define (flood n) (if (= n 0) 'all-made (begin (string->symbol (number->string n)) (flood (- n 1)))))
(define (keep n kept) (keep (+ n 1) (cons (string->symbol (string-append "kept-" (number->string n))) kept)))
(write (list (flood 3000000)
             (guard (e ((error-object? e) 'out-of-memory)) (keep 0 '()))
             (string->symbol "still")))
(newline)
