; A string of one character is not a character.
(char-upcase "a")
