(define (f 漢字) (string-append "日本" 'é̂ (car 漢字)))
(display (list "全角" (f '())))
