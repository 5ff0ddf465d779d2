; A list that was meant as data.
(define days ("Mon" "Tue" "Wed"))
