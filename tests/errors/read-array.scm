(define prices #f64(1.5 2.25))
(define steps #s8(1 -1
                  300))
