;;; sequences.scm - the procedures of (scheme base) that call a procedure for the elements of
;;; vectors and the characters of strings.
;;;
;;; Results are collected in lists and never changed, as in lists.scm.

;; The lengths, with errors that name the procedure that was called.
(define (vector-size who position obj)
  (if (vector? obj)
      (vector-length obj)
      (%type-error who position "a vector" obj)))

(define (string-size who position obj)
  (if (string? obj)
      (string-length obj)
      (%type-error who position "a string" obj)))

(define (shortest size who sequences)
  (let loop ((rest (cdr sequences)) (position 2) (length (size who 1 (car sequences))))
    (if (pair? rest)
        (loop (cdr rest) (+ position 1) (min length (size who position (car rest))))
        length)))

;; What proc returns for the index 0, 1, ... below length, as a list, the last one first.
(define (collect proc length)
  (let loop ((i 0) (results '()))
    (if (< i length)
        (loop (+ i 1) (cons (proc i) results))
        results)))

(define (repeat proc length)
  (let loop ((i 0))
    (if (< i length)
        (begin
          (proc i)
          (loop (+ i 1))))))

;; Calls proc with the elements at index i of the sequences.
(define (apply-at proc ref sequences i)
  (apply proc (map (lambda (sequence) (ref sequence i)) sequences)))

;;> (vector-map proc vector1 vector2 ...) -> vector
;;> The results of calling proc with the first elements of the vectors, with the second ones,
;;> and so on, from left to right, until the shortest vector ends.
(define vector-map
  (case-lambda
    ((proc vector)
     (check-procedure 'vector-map 0 proc)
     (let ((length (vector-size 'vector-map 1 vector)))
       (let loop ((i 0) (results '()))
         (if (< i length)
             (loop (+ i 1) (cons (proc (vector-ref vector i)) results))
             (%reverse-list->vector results)))))
    ((proc vector1 vector2)
     (check-procedure 'vector-map 0 proc)
     (%reverse-list->vector
      (collect (lambda (i) (proc (vector-ref vector1 i) (vector-ref vector2 i)))
               (min (vector-size 'vector-map 1 vector1)
                    (vector-size 'vector-map 2 vector2)))))
    ((proc vector . rest)
     (check-procedure 'vector-map 0 proc)
     (let ((vectors (cons vector rest)))
       (%reverse-list->vector
        (collect (lambda (i) (apply-at proc vector-ref vectors i))
                 (shortest vector-size 'vector-map vectors)))))))

;;> (vector-for-each proc vector1 vector2 ...)
;;> Calls proc with the first elements of the vectors, with the second ones, and so on, until
;;> the shortest vector ends.
(define vector-for-each
  (case-lambda
    ((proc vector)
     (check-procedure 'vector-for-each 0 proc)
     (let ((length (vector-size 'vector-for-each 1 vector)))
       (let loop ((i 0))
         (if (< i length)
             (begin
               (proc (vector-ref vector i))
               (loop (+ i 1)))))))
    ((proc vector . rest)
     (check-procedure 'vector-for-each 0 proc)
     (let ((vectors (cons vector rest)))
       (repeat (lambda (i) (apply-at proc vector-ref vectors i))
               (shortest vector-size 'vector-for-each vectors))))))

(define (check-char obj)
  (if (char? obj)
      obj
      (error "string-map: expected a procedure that returns characters, it returned" obj)))

;;> (string-map proc string1 string2 ...) -> string
;;> The characters that proc returns for the first characters of the strings, for the second
;;> ones, and so on, from left to right, until the shortest string ends.
(define string-map
  (case-lambda
    ((proc string)
     (check-procedure 'string-map 0 proc)
     (let ((length (string-size 'string-map 1 string)))
       (let loop ((i 0) (results '()))
         (if (< i length)
             (loop (+ i 1) (cons (check-char (proc (string-ref string i))) results))
             (%reverse-list->string results)))))
    ((proc string . rest)
     (check-procedure 'string-map 0 proc)
     (let ((strings (cons string rest)))
       (%reverse-list->string
        (collect (lambda (i) (check-char (apply-at proc string-ref strings i)))
                 (shortest string-size 'string-map strings)))))))

;;> (string-for-each proc string1 string2 ...)
;;> Calls proc with the first characters of the strings, with the second ones, and so on, until
;;> the shortest string ends.
(define string-for-each
  (case-lambda
    ((proc string)
     (check-procedure 'string-for-each 0 proc)
     (let ((length (string-size 'string-for-each 1 string)))
       (let loop ((i 0))
         (if (< i length)
             (begin
               (proc (string-ref string i))
               (loop (+ i 1)))))))
    ((proc string . rest)
     (check-procedure 'string-for-each 0 proc)
     (let ((strings (cons string rest)))
       (repeat (lambda (i) (apply-at proc string-ref strings i))
               (shortest string-size 'string-for-each strings))))))
