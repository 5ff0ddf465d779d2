; A converter of a parameter that complains.
(define width
  (make-parameter 80
    (lambda (n)
      (if (and (integer? n) (> n 0))
          n
          (error "width must be a positive integer:" n)))))
(parameterize ((width -1))
  (display (width)))
