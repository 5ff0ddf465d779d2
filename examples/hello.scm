;;; hello.scm - the first program.
(import (scheme base) (scheme write))

(define (greeting name)
  (string-append "Hello, " name "!"))

(for-each (lambda (name)
            (display (greeting name))
            (newline))
          '("world" "limpet"))
