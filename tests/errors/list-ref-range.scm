; An index behind the end of a list.
(define items '(a b c))
(display (list-ref items 3))
