; A name with two letters swapped.
(define (area height width) (* height width))
(define height 10)
(display (area heigth 3))
