; A long line is cut on both sides of the caret.
(define table (list "the first" "the second" "the third" "the fourth" "the fifth" "the sixth" "the seventh" (string-append "the " 'eighth) "the ninth" "the tenth" "the eleventh" "the twelfth" "the thirteenth" "the fourteenth"))
